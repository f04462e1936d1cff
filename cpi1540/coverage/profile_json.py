"""A profile of weights as it is kept and exchanged: what it leaves out weighs 1."""

from collections.abc import Mapping
from typing import Any

from cpi1540.coverage.profile import Profile
from cpi1540.matrix.layout import Aspect, Domain

LEVELS = ("sections", "rows", "domains", "aspects")


def profile_content(profile: Profile) -> dict[str, Any]:
    """Everything of a profile but its name and version."""
    return {
        "min_reviewed": profile.min_reviewed,
        "concentration": profile.concentration,
        "circumstances": list(profile.circumstances),
        **{level: {str(key): weight for key, weight in getattr(profile, level).items()} for level in LEVELS},
    }


def profile_of(name: str, version: int, content: Mapping[str, Any]) -> Profile:
    """The profile that ``profile_content`` wrote."""
    return Profile(
        name,
        version,
        content["min_reviewed"],
        dict(content["sections"]),
        dict(content["rows"]),
        {Domain(key): weight for key, weight in content["domains"].items()},
        {Aspect(key): weight for key, weight in content["aspects"].items()},
        content["concentration"],
        tuple(content["circumstances"]),
    )
