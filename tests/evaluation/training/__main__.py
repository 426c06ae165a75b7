"""Learns the weights by which sentences are weighed: ``python -m tests.evaluation.training``.

Each unseen sentence of the open stories (never the blind ones) is an example: wanted where an alert is expected of it,
unwanted where none is, left out where one is tolerated. Gradient boosting (scikit-learn) with small trees; printed are
precision and recall by ten-fold cross-validation, the folds made of whole stories.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.model_selection import GroupKFold, cross_val_predict

import streams.facts.news
from tests.evaluation.training.examples import Example, examples, open_stories

MODEL = Path(streams.facts.news.__file__).with_name("forest.json")
DIGITS = 3


def main() -> None:
    found = [example for path in open_stories() for example in examples(path)]
    names = sorted(found[0].features)
    x = np.array([[example.features[name] for name in names] for example in found])
    y = np.array([example.wanted for example in found])
    _report(x, y, np.array([example.story for example in found]))
    learnt = _learner().fit(x, y)
    MODEL.write_text(_as_json(learnt, names), encoding="utf-8")
    print(f"{MODEL.name}: {len(learnt.estimators_)} trees, {MODEL.stat().st_size / 1000:.0f} kB, from {_counts(found)}")


def _learner() -> GradientBoostingClassifier:
    return GradientBoostingClassifier(
        max_depth=4,
        n_estimators=500,
        learning_rate=0.02,
        min_samples_leaf=10,
        subsample=0.5,
        max_features=0.1,  # few stories: no one feature may lead all trees
        random_state=0,
    )


def _report(x: Any, y: Any, stories: Any) -> None:
    likely = cross_val_predict(_learner(), x, y, groups=stories, cv=GroupKFold(10), method="predict_proba")[:, 1]
    print("cross-validated over stories:")
    for limit in (0.3, 0.4, 0.5, 0.6):
        told = likely >= limit
        right = (told & (y == 1)).sum()
        print(f"  told from {limit:.1f}: precision {right / max(1, told.sum()):.2f}, recall {right / y.sum():.2f}")


def _counts(found: Sequence[Example]) -> str:
    return f"{len(found)} sentences of {len({e.story for e in found})} stories, {sum(e.wanted for e in found)} wanted"


def _as_json(learnt: GradientBoostingClassifier, names: Sequence[str]) -> str:
    prior = learnt.init_.class_prior_[1]
    trees = [_node(tree[0].tree_, 0, names, learnt.learning_rate) for tree in learnt.estimators_]
    lines = ",\n".join(f"  {json.dumps(tree)}" for tree in trees)
    return f'{{"bias": {round(float(np.log(prior / (1 - prior))), DIGITS)}, "trees": [\n{lines}\n]}}\n'


def _node(tree: Any, node: int, names: Sequence[str], rate: float) -> float | list[Any]:
    if tree.children_left[node] < 0:
        return round(float(tree.value[node][0][0]) * rate, DIGITS)
    below = [_node(tree, child, names, rate) for child in (tree.children_left[node], tree.children_right[node])]
    return [names[tree.feature[node]], round(float(tree.threshold[node]), DIGITS), *below]


if __name__ == "__main__":
    main()
