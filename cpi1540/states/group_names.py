"""The names of the regional groups, in six languages."""

import json
from collections.abc import Mapping
from functools import cache

from cpi1540 import paths


@cache
def group_names() -> Mapping[str, Mapping[str, str]]:
    """Group code -> its names by language."""
    listed = json.loads((paths.SEED / "groups.json").read_text("utf-8"))
    return {each["code"]: each["names"] for each in listed}
