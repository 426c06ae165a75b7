"""Values compared."""

import json

from schemas.alerts import canonical_value
from schemas.values import Value


def canonical(value: Value) -> str:
    """A value without its readable text, as compact JSON: equal for equal values."""
    return json.dumps(canonical_value(value), separators=(",", ":"), sort_keys=True)
