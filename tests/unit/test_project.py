"""The project's own files agree with each other: locks with pyproject.toml, the README with the settings."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from streams.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN_TIME = PYPROJECT["project"]["dependencies"]
EMBEDDED = [*RUN_TIME, *PYPROJECT["project"]["optional-dependencies"]["embedded"]]
LOCKED = {
    "base": RUN_TIME,
    "embedded": EMBEDDED,
    "dev": [*EMBEDDED, *PYPROJECT["dependency-groups"]["dev"]],
    "uv": PYPROJECT["dependency-groups"]["uv"],
}


def lock(name: str) -> str:
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[str, set[Version]]:
    """Versions by package; more than one where they differ by the version of Python."""
    found: dict[str, set[Version]] = {}
    for package, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock(name), re.MULTILINE):
        found.setdefault(package, set()).add(Version(version))
    return found


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_has_each_dependency_in_a_version_that_is_asked_for(name: str) -> None:
    locked = pins(name)
    for line in LOCKED[name]:
        wanted = Requirement(line)
        versions = locked.get(wanted.name.lower(), set())
        assert versions, f"requirements/{name}.txt lacks {line}: run 'make lock'"
        assert all(version in wanted.specifier for version in versions), f"{line}: run 'make lock'"


@pytest.mark.parametrize("name", ["base", "embedded"])
def test_what_is_tested_is_what_is_deployed(name: str) -> None:
    tested = pins("dev")
    assert {package: tested.get(package) for package in pins(name)} == pins(name)


@pytest.mark.parametrize("name", LOCKED)
def test_a_lock_pins_by_hash_and_names_no_place_to_load_from(name: str) -> None:
    entries = re.split(r"^(?=[a-z0-9])", lock(name), flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"https?://|--index-url|--find-links| @ ", lock(name))


def test_the_readme_has_the_settings() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = re.findall(rf"^\| `({PREFIX}\w+)` \| (.*?) \| (.*) \|$", readme, re.MULTILINE)
    assert table == [
        (PREFIX + name.upper(), "" if field.default is None else f"`{field.default}`", field.description)
        for name, field in Settings.model_fields.items()
    ]


def test_no_document_has_a_dead_link() -> None:
    documents = [*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")]
    links = [
        (document.name, target)
        for document in documents
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8"))
        if not (document.parent / target).exists()
    ]
    assert links == []
