"""Conditions as a route takes them: `wanted: Conditions`. FastAPI documents each of them."""

from typing import Annotated

from fastapi import Query

from streams.board.web.query import AlertParameters

Conditions = Annotated[AlertParameters, Query()]
