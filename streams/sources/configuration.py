"""``sources.yml``: which sources are followed. Errors name file, line and field."""

import re
from collections.abc import Mapping, Sequence
from functools import cache, reduce
from operator import or_
from typing import Annotated, Any

import yaml
from pydantic import Field, TypeAdapter, ValidationError

from schemas.errors import explain_each
from streams.sources.kinds import kinds
from streams.sources.settings import Given, Source

VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


class SourcesError(ValueError):
    """What is wrong with the file: one line for each error, with file, line and field."""


@cache
def _adapter() -> TypeAdapter[Any]:
    union: Any = reduce(or_, (kind.settings for kind in kinds().values()))

    class File(Given):
        sources: Annotated[list[Annotated[union, Field(discriminator="kind")]], Field(min_length=1)]

    return TypeAdapter(File)


def parse_sources(text: str, file: str, environment: Mapping[str, str]) -> tuple[Source, ...]:
    """The sources of a file; ``${NAME}`` in a value is taken from ``environment``. Raises `SourcesError`."""
    try:
        tree = yaml.compose(text, Loader=yaml.SafeLoader)
        said = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise SourcesError(f"{file}:{_line_of(error)}: is not valid YAML: {_problem(error)}") from None
    filled, missing = _filled(said, environment)
    errors = [(path, f"the environment variable {name} is not set") for path, name in missing]
    try:
        found = _adapter().validate_python(filled).sources
    except ValidationError as error:
        errors += [(_path(location), words) for location, words in explain_each(error)]
        found = []
    errors += _repeated(found)
    if errors:
        raise SourcesError("\n".join(f"{file}:{_line(tree, path)}: {_field(path)}{words}" for path, words in errors))
    return tuple(found)


Path = tuple[int | str, ...]


def _filled(said: Any, environment: Mapping[str, str], path: Path = ()) -> tuple[Any, list[tuple[Path, str]]]:
    """With the environment's values, and which are missing where."""
    if isinstance(said, str):
        missing = [(path, name) for name in VARIABLE.findall(said) if name not in environment]
        return VARIABLE.sub(lambda found: environment.get(found[1], ""), said), missing
    if isinstance(said, dict):
        parts = {key: _filled(value, environment, (*path, key)) for key, value in said.items()}
        return {key: value for key, (value, _) in parts.items()}, [one for _, more in parts.values() for one in more]
    if isinstance(said, list):
        listed = [_filled(value, environment, (*path, place)) for place, value in enumerate(said)]
        return [value for value, _ in listed], [one for _, more in listed for one in more]
    return said, []


def _path(location: Sequence[int | str]) -> Path:
    """Without the name of the kind, which pydantic puts after a source's place."""
    path = tuple(location)
    return path[:2] + path[3:] if len(path) > 2 and path[0] == "sources" else path


def _repeated(sources: Sequence[Source]) -> list[tuple[Path, str]]:
    names = [source.name for source in sources]
    return [
        (("sources", place, "name"), f"{name!r} is the name of an earlier source as well")
        for place, name in enumerate(names)
        if name in names[:place]
    ]


def _line(tree: yaml.Node | None, path: Path) -> int:
    """The line of the innermost part of the path that is there; lines begin at 1."""
    line = 1
    for part in path:
        if tree is None:
            break
        line, tree = _child(tree, part, line)
    return line


def _child(tree: yaml.Node, part: int | str, line: int) -> tuple[int, yaml.Node | None]:
    if isinstance(tree, yaml.MappingNode):
        for key, value in tree.value:
            if key.value == part:
                return key.start_mark.line + 1, value
    if isinstance(tree, yaml.SequenceNode) and isinstance(part, int) and part < len(tree.value):
        return tree.value[part].start_mark.line + 1, tree.value[part]
    return line, None


def _field(path: Path) -> str:
    words = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")
    return f"{words}: " if words else ""


def _line_of(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return mark.line + 1 if mark else 1


def _problem(error: yaml.YAMLError) -> str:
    return " ".join(str(getattr(error, "problem", None) or error).split())
