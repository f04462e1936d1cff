"""What changed since a plan was kept: needs and offers that came or went."""

from collections.abc import Collection
from dataclasses import dataclass

from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.planning.plan import Plan


@dataclass(frozen=True, slots=True)
class Since:
    """By identifier: needs that are not open any more, needs that opened, and offers of the plan that do not stand
    any more.
    """

    settled: tuple[str, ...]
    opened: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.settled or self.opened or self.gone)


def since(kept: Plan, open_needs: Collection[str], offers: Collection[str]) -> Since:
    """What is otherwise now, with these open needs and these offers on record."""
    planned = {each.need for each in kept.assignments} | {each.need for each in kept.unmet}
    used = {each.offer for each in kept.assignments}
    return Since(_sorted(planned - set(open_needs)), _sorted(set(open_needs) - planned), _sorted(used - set(offers)))


def _sorted(identifiers: Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(identifiers, key=natural))
