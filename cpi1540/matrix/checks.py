"""Quality checks."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding."""

    check: str
    level: str
    field: str | None
    params: dict = field(default_factory=dict)


def run(entries, layout, measures, *, origin, on, stale, needed):
    """Run."""
    return ()
