"""Word lists of general English, by what they tell; none is of one story, outlet or domain."""
