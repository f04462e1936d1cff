"""People of the assistance wing, and a request quickly registered, for tests of services."""

import datetime
from dataclasses import replace

from desk_people import person

from cpi1540.assistance.procedure.steps import Act
from cpi1540.assistance.requests.request import Channel, Kind, NeedValues, Requester, RequestValues
from cpi1540.assistance.requests.service import acts, requests
from cpi1540.foundation.access import Role
from cpi1540.foundation.database import transaction
from cpi1540.foundation.partial_date import PartialDate

COORDINATOR = person("coordinator", Role.COORDINATOR)
AFRICAN = person("african", Role.COORDINATOR, states={"KEN", "GHA"})
FOCAL = person("focal", Role.FOCAL_POINT, states={"KEN"})
OTHER_FOCAL = person("other", Role.FOCAL_POINT, states={"FRA"})
TRANSIT = tuple(f"op3cd.transit.{domain}.framework" for domain in ("nw", "cw", "bw"))
NEED = NeedValues(Kind.TRAINING, TRANSIT[:1], objective="Train customs officers")
DAY = datetime.date(2026, 11, 2)
VALUES = RequestValues(
    Requester(("KEN",)),
    Channel.NOTE_VERBALE,
    True,
    PartialDate.of(DAY),
    "en",
    "Help with transit controls",
    "The Permanent Mission presents its compliments.",
    "First Secretary",
)


def register(*needs: NeedValues, **values: object) -> str:
    """A request of Kenya, with these values instead of the usual ones; its identifier."""
    with transaction():
        return requests.register(replace(VALUES, **values), needs or (NEED,), COORDINATOR)  # type: ignore[arg-type]


def record(identifier: str, *done: tuple[Act, int]) -> None:
    """Record acts, each on its day of November 2026."""
    with transaction():
        for act, day in done:
            acts.record_act(identifier, act, COORDINATOR, on=datetime.date(2026, 11, day))


def acknowledged() -> str:
    """A request that the Chair has acknowledged on 4 November 2026."""
    identifier = register()
    record(identifier, (Act.AUTHENTICATE, 3), (Act.CIRCULATE, 3), (Act.ACKNOWLEDGE, 4))
    return identifier
