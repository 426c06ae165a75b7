"""The kinds of source: one file each, found by being here. See ``streams/sources/kinds/base.py`` for what a kind is."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from streams.sources.kinds.base import Kind


@cache
def kinds() -> dict[str, Kind[Any]]:
    """Every kind, by its name."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.name != "base"]
    found: list[Kind[Any]] = [module.KIND for module in modules]
    return {kind.name: kind for kind in found}
