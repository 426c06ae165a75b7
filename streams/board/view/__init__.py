"""The materialised view: what the topics hold, in SQLite. It is built at each start and can be thrown away."""
