"""How likely a sentence is to be news, by what is new in it and where it stands, with weights learnt from stories."""

from streams.facts.news.features import Page
from streams.facts.news.weighing import Weighed, judged, weigh

__all__ = ["Page", "Weighed", "judged", "weigh"]
