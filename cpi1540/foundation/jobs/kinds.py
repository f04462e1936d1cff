"""The kinds of job there are: each wing names its own, ``app.py`` makes them known."""

from cpi1540.foundation.jobs.job import JobKind

_kinds: dict[str, JobKind] = {}


def register(*kinds: JobKind) -> None:
    """Make the kinds of a wing known; ``app.py`` calls it once for each wing."""
    for kind in kinds:
        _kinds[kind.name] = kind


def registered() -> dict[str, JobKind]:
    """Every known kind, by name."""
    return dict(_kinds)
