"""Where the texts lie: the stories that ship with the project, and the folder of real data where it is at hand."""

import importlib.util
import os
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
STORIES = Path(__file__).parent / "stories"
REPORTS = ROOT / "build" / "evaluation"


@dataclass(frozen=True)
class Shared:
    """The optional folder: ``data``, ``stories`` and ``tools``; each None where it is absent."""

    looked_in: Path
    data: Path | None
    stories: Path | None
    tools: Path | None

    @property
    def whole(self) -> bool:
        return None not in (self.data, self.stories, self.tools)


def shared() -> Shared:
    """``../shared``, or what EVALUATION_DATA names: such a folder, or its ``data`` alone."""
    named = Path(os.environ.get("EVALUATION_DATA") or ROOT.parent / "shared")
    root = named if (named / "data").is_dir() else named.parent
    data = named / "data" if (named / "data").is_dir() else named
    return Shared(
        looked_in=named,
        data=data if any(data.glob("*.jsonl.xz")) else None,
        stories=_folder(root / "stories"),
        tools=_folder(root / "tools"),
    )


def _folder(path: Path) -> Path | None:
    return path if path.is_dir() else None


def load_tool(path: Path) -> ModuleType:
    """A script as a module of its own, loaded anew each time."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
