"""The demo: a real story told in the project's own sentences, and a broker and a worker for as long as it takes."""
