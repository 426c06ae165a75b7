"""Pages, interface, feeds and the stream of what happens now."""
