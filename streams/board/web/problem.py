"""What a program is told when something is wrong with its request."""

from typing import Any

from pydantic import BaseModel

Answers = dict[int | str, dict[str, Any]]  # by status, as FastAPI documents them


class Problem(BaseModel):
    """What is wrong with a request, in one line."""

    detail: str


UNREADABLE: Answers = {422: {"model": Problem, "description": "A parameter cannot be read, or `where` is not CEL"}}
