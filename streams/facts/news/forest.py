"""A small forest of decision trees, as data: learnt by ``tests/evaluation/training`` and read from ``forest.json``."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp
from typing import NamedTuple


class Split(NamedTuple):
    """Goes ``left`` where the feature is at most ``limit``, else ``right``: to a further split, or a leaf's weight."""

    feature: str
    limit: float
    left: "Split | float"
    right: "Split | float"


class Forest(NamedTuple):
    """``bias`` and the trees' weights add up to log odds (gradient boosting: Friedman 2001)."""

    bias: float
    trees: tuple[Split | float, ...]


def likelihood(features: Mapping[str, float]) -> float:
    """From 0 to 1, how likely a sentence with these features is one that an editor would want to hear of."""
    forest = _forest()
    return 1 / (1 + exp(-forest.bias - sum(_weight(tree, features) for tree in forest.trees)))


def _weight(node: Split | float, features: Mapping[str, float]) -> float:
    while isinstance(node, Split):
        node = node.left if features[node.feature] <= node.limit else node.right
    return node


@cache
def _forest() -> Forest:
    data = json.loads(files(__package__).joinpath("forest.json").read_text(encoding="utf-8"))
    return Forest(data["bias"], tuple(_node(tree) for tree in data["trees"]))


def _node(data: float | list[object]) -> Split | float:
    """``[feature, limit, left, right]``, or a weight."""
    if not isinstance(data, list):
        return float(data)
    feature, limit, left, right = data
    return Split(str(feature), float(str(limit)), _node(left), _node(right))  # type: ignore[arg-type]
