"""The fact kinds: one file each, found by being here. See ``streams/facts/kinds/base.py`` for what a kind is."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from schemas.base import Kind
from streams.facts.kinds.base import FactKind


@cache
def kinds() -> dict[Kind, FactKind]:
    """Every kind, by its name."""
    modules = [import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__) if module.name != "base"]
    found: list[FactKind] = [module.KIND for module in modules]
    return {kind.name: kind for kind in found}
