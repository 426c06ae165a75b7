"""The board: the topics as web pages, an HTTP interface and feeds, read through the client."""
