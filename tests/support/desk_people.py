"""People of the desk, for tests of services, and an entry of any kind for laws."""

import datetime

from hypothesis import strategies as st

from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.matrix.record import Basis, Code, Entry, Source, Statement


def person(name: str, *roles: Role, states: set[str] | None = None) -> Actor:
    """An actor with some roles, everywhere or for some States."""
    where = None if states is None else frozenset(states)
    return Actor(name, name, frozenset(Grant(role, where) for role in roles))


OFFICER = person("officer", Role.DESK_OFFICER)
SECOND = person("second", Role.DESK_OFFICER)
REVIEWER = person("reviewer", Role.REVIEWER)
BRIEFER = person("briefer", Role.BRIEFER)
FOCAL = person("focal", Role.FOCAL_POINT, states={"FRA"})
OTHER_FOCAL = person("other", Role.FOCAL_POINT, states={"KEN"})

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
sources = st.one_of(
    st.builds(Source, text=texts, language=st.sampled_from(["ar", "en", "zh"]), url=st.none() | texts),
    st.builds(Source, text=texts, measure=st.sampled_from(["FRA-M1", "FRA-M2"]), pinpoint=st.none() | texts),
    st.builds(
        Source,
        statement=st.builds(Statement, code=st.just("party"), params=st.just({"source": "UN", "as_of": "2024-01-01"})),
        as_of=st.dates(datetime.date(2000, 1, 1), datetime.date(2030, 1, 1)),
    ),
)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    """Any entry the record can hold."""
    code = draw(st.sampled_from([None, *Code]))
    basis = draw(st.sampled_from(list(Basis))) if code is Code.FOUND else None
    remarks = draw(texts)
    language = draw(st.sampled_from(["ar", "en"])) if remarks else None
    return Entry(code, basis, tuple(draw(st.lists(sources, max_size=3))), remarks, language)
