"""Numbers in text: what they come to, and in which unit."""
