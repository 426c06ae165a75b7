"""Unit tests end in seconds: hypothesis tries some examples each time, other ones in every run."""

from hypothesis import settings

settings.register_profile("unit", max_examples=25, deadline=None)
settings.load_profile("unit")
