"""Imports run one way, and the domain stays pure. Read off the syntax tree of every file, so that no import runs."""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = sorted([*ROOT.glob("schemas/**/*.py"), *ROOT.glob("streams/**/*.py")])

# The layer of a module is that of the longest name here that it is or lies in.
LAYERS = {
    "schemas": "schemas",
    "streams": "support",
    "streams.facts": "facts",
    "streams.sources": "sources",
    "streams.client": "client",
    "streams.ingest": "ingest",
    "streams.board": "board",
    "streams.agents": "agents",
    "streams.app": "agents",
    "streams.worker": "agents",
    "streams.cli": "cli",
}
MAY_IMPORT = {
    "schemas": {"schemas"},
    "facts": {"schemas", "facts"},
    "sources": {"schemas", "sources"},
    "support": {"schemas", "facts", "sources", "support"},
    "client": {"schemas", "facts", "support", "client"},
    "ingest": {"schemas", "sources", "support", "client", "ingest"},
    "agents": {"schemas", "facts", "sources", "support", "agents"},
    "board": {"schemas", "facts", "support", "client", "board"},
    "cli": {"schemas", "facts", "sources", "support", "client", "ingest", "board", "cli"},
}
PURE = {"facts", "sources"}
CLI_STARTS = "streams.worker"  # the one door from the command line to the stream

FAUST = {"faust", "mode", "rocksdict"}
KAFKA = {"aiokafka", "confluent_kafka"}
OUTSIDE_WORLD = {"asyncio", "concurrent", "logging", "multiprocessing", "os", "random", "secrets", "socket"}
OUTSIDE_WORLD |= {"subprocess", "sys", "threading", "time"}
FORBIDDEN = {
    "schemas": FAUST | KAFKA | OUTSIDE_WORLD,
    "facts": FAUST | KAFKA | OUTSIDE_WORLD | {"click", "prometheus_client", "pydantic_settings", "rich"},
    "sources": FAUST | KAFKA | OUTSIDE_WORLD | {"click", "prometheus_client", "pydantic_settings", "rich"},
    "support": set[str](),
    "client": FAUST,
    "ingest": FAUST,
    "board": FAUST,
    "agents": set[str](),
    "cli": FAUST | KAFKA,
}
STOPWATCH = {"time", "time.perf_counter"}  # how long a parse took; tells nothing of the day
CLOCKS = {"now", "today", "utcnow", "time.time", "time.time_ns", "time.gmtime", "time.localtime", "time.sleep"}
IO_CALLS = {"open", "print", "input"}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in FILES}


def layer_of(module: str) -> str | None:
    """None for what is not ours."""
    parts = module.split(".")
    names = (".".join(parts[:size]) for size in range(len(parts), 0, -1))
    return next((LAYERS[name] for name in names if name in LAYERS), None)


def imports(module: str, tree: ast.AST, is_package: bool = False) -> Iterator[str]:
    """Dotted names of all that is imported anywhere in a file, function bodies and type-checking blocks included."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            here = module.split(".")
            base = here[: len(here) - node.level + is_package] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def import_violations(module: str, imported: str) -> Iterator[str]:
    layer, other = layer_of(module), layer_of(imported)
    assert layer is not None
    if other is None:
        if imported.split(".")[0] in FORBIDDEN[layer] and imported not in STOPWATCH:
            yield f"{module} ({layer}) imports {imported}"
    elif other not in MAY_IMPORT[layer] and not (layer == "cli" and f"{imported}.".startswith(f"{CLI_STARTS}.")):
        yield f"{module} ({layer}) imports {imported} ({other})"


def impurities(module: str, tree: ast.AST) -> Iterator[str]:
    """Clocks, input and output, and asynchronous code in the domain."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AsyncFunctionDef | ast.Await):
            yield f"{module}:{node.lineno} is asynchronous"
        elif isinstance(node, ast.Attribute) and {node.attr, ast.unparse(node)} & CLOCKS:
            yield f"{module}:{node.lineno} reads the clock: {ast.unparse(node)}"
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in IO_CALLS:
            yield f"{module}:{node.lineno} calls {node.func.id}()"


def violations(module: str, source: str, is_package: bool = False) -> list[str]:
    tree = ast.parse(source)
    found = [line for imported in imports(module, tree, is_package) for line in import_violations(module, imported)]
    return found + (list(impurities(module, tree)) if layer_of(module) in PURE else [])


class WithoutTypeChecking(ast.NodeTransformer):
    """Two collaborators may name each other's type; they may not need each other to be imported."""

    def visit_If(self, node: ast.If) -> ast.If | None:
        return None if ast.unparse(node.test).endswith("TYPE_CHECKING") else node


def run_time_imports(module: str) -> set[str]:
    path = MODULES[module]
    tree = WithoutTypeChecking().visit(ast.parse(path.read_text(encoding="utf-8")))
    found = (own_module(imported) for imported in imports(module, tree, path.name == "__init__.py"))
    return {own for own in found if own and own != module}


def own_module(imported: str) -> str | None:
    """The file that ``from x import y`` reaches: x.y where that is a module, else x."""
    return next((name for name in (imported, imported.rpartition(".")[0]) if name in MODULES), None)


@pytest.mark.parametrize("module", MODULES)
def test_a_file_keeps_to_its_layer(module: str) -> None:
    path = MODULES[module]
    assert violations(module, path.read_text(encoding="utf-8"), path.name == "__init__.py") == []


def test_every_layer_has_files() -> None:
    assert {layer_of(module) for module in MODULES} == set(MAY_IMPORT)


def test_modules_import_each_other_in_no_circle() -> None:
    graph = {module: run_time_imports(module) for module in MODULES}
    order = list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle
    assert set(order) == set(MODULES)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("schemas.alerts", "from streams.facts import tracker"),
        ("schemas.alerts", "import aiokafka"),
        ("streams.facts.tracker", "import faust"),
        ("streams.facts.tracker", "from aiokafka.errors import KafkaError"),
        ("streams.facts.tracker", "import logging"),
        ("streams.facts.tracker", "from os import environ"),
        ("streams.facts.tracker", "import os.path"),
        ("streams.facts.tracker", "import asyncio"),
        ("streams.facts.tracker", "import time\nat = time.time()"),
        ("streams.facts.tracker", "from time import time"),
        ("streams.facts.tracker", "def later():\n    from streams.settings import Settings"),
        ("streams.facts.tracker", "from ..settings import Settings"),
        ("streams.facts.tracker", "from datetime import datetime\nat = datetime.now()"),
        ("streams.facts.tracker", "clock = date.today"),
        ("streams.facts.tracker", "async def track(): ..."),
        ("streams.facts.tracker", "text = open('aliases').read()"),
        ("streams.sources.versions", "import httpx2, time\nat = time.time()"),
        ("streams.sources.versions", "from streams.facts import tracker"),
        ("streams.ingest.fetch", "import faust"),
        ("streams.settings", "from streams.agents.track_facts import track_facts"),
        ("streams.settings", "import streams.app"),
        ("streams.settings", "from streams.client import alerts"),
        ("streams.client.alerts", "import faust"),
        ("streams.client.alerts", "from streams.cli import main"),
        ("streams.agents.track_facts", "from streams.client import alerts"),
        ("streams.board.hub", "from streams.cli import main"),
        ("streams.board.hub", "from streams.app import make_app"),
        ("streams.board.hub", "import faust"),
        ("streams.client.alerts", "from streams.board import hub"),
        ("streams.cli.subscribe", "from aiokafka import AIOKafkaConsumer"),
        ("streams.cli.subscribe", "import faust"),
        ("streams.cli.subscribe", "from streams.app import make_app"),
    ],
)
def test_a_breach_is_found(module: str, source: str) -> None:
    assert len(violations(module, source)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("streams.facts.tracker", "from time import perf_counter"),
        ("streams.facts.tracker", "import time\nbegun = time.perf_counter()"),
        ("streams.facts.tracker", "from schemas.facts import Fact\nimport spacy"),
        ("streams.positions", "import faust, os, asyncio"),
        ("streams.agents.track_facts", "from streams.facts.tracker import track\nfrom .raise_alerts import x"),
        ("streams.cli.worker", "from streams.worker import run_worker\nfrom streams.settings import Settings"),
        ("streams.cli.facts", "from streams.client.facts import read\nimport click"),
        ("streams.cli.run.board", "from streams.board.serve import serve"),
        ("streams.board.hub", "from streams.client.filters import AlertFilter\nimport fastapi"),
    ],
)
def test_what_is_allowed_passes(module: str, source: str) -> None:
    assert violations(module, source) == []
