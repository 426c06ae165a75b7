"""A news site on this machine, for the demo of sources: a feed, a page, a live blog, and an outlet that pushes."""
