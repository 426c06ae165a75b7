"""Times in text: moments, with their zone and precision, and lengths."""
