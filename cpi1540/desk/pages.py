"""What the pages of the desk show: frozen values, nothing left to compute in a template."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.assistance.outcomes.thread import ThreadCounts
from cpi1540.coverage.figures import Figure, SectionFigures
from cpi1540.coverage.profile import Profile
from cpi1540.foundation.messages import Sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Confidence
from cpi1540.matrix.pages import SourceLine
from cpi1540.matrix.record import Version
from cpi1540.states.dated_figures import DatedFigure
from cpi1540.states.state import Report, State

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Basis:
    """What every figure on a page rests on; printed with them."""

    as_of: datetime.date
    layout: str
    profile: Profile


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """A regional group: its names, its figures, and its States with theirs, by name."""

    code: str
    names: Names
    figures: SectionFigures
    states: tuple["StateFigures", ...]


@dataclass(frozen=True, slots=True)
class StateFigures:
    """A State in a list: its version, if it has one, and its figures."""

    state: State
    version: Version | None
    figures: SectionFigures


@dataclass(frozen=True, slots=True)
class Step:
    """Something to try: a page, what to do there, what comes of it."""

    endpoint: str
    values: Mapping[str, str]
    title: Sentence
    result: Sentence


@dataclass(frozen=True, slots=True)
class HomeFigure:
    """A figure on the first page: its value, of how many, what it counts, its date and where it comes from."""

    value: int
    of: int | None
    what: Sentence
    date: PartialDate
    after: bool
    source: Sentence | None


@dataclass(frozen=True, slots=True)
class HomePage:
    """The first page of a record."""

    n_states: int
    figures: tuple[HomeFigure, ...]
    parties: tuple[tuple[Names, int, datetime.date], ...]
    groups: tuple[GroupFigures, ...]
    steps: tuple[Step, ...]
    basis: Basis


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow a list: a link, with how many it leaves."""

    label: str
    url: str
    n: int
    current: bool


@dataclass(frozen=True, slots=True)
class StatesPage:
    """The list of States, narrowed by group and by a search."""

    query: str
    choices: tuple[Choice, ...]
    groups: tuple[GroupFigures, ...]
    n_found: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class SectionFigure:
    """One section's figure on a State's page; ``code`` None: the total of OP 2 and OP 3."""

    code: str | None
    short_titles: Names | None
    figure: Figure


@dataclass(frozen=True, slots=True)
class InstrumentLine:
    """One row of OP 1 on a State's page."""

    row: str
    labels: Names
    confidence: Confidence
    look: str
    sources: tuple[SourceLine, ...]
    as_of: datetime.date | None
    stale: bool


@dataclass(frozen=True, slots=True)
class StatePage:
    """A State's own page."""

    state: State
    group_names: Names
    version: Version | None
    versions: tuple[Version, ...]
    reports: tuple[Report, ...]
    sections: tuple[SectionFigure, ...]
    instruments: tuple[InstrumentLine, ...]
    n_stale: int
    n_gaps: int
    n_not_reviewed: int
    age_counted_to: datetime.date
    basis: Basis
    n_requests: int
    outcomes: ThreadCounts


@dataclass(frozen=True, slots=True)
class SourceAge:
    """One table of reference data: what it is about, where it comes from, how old it is."""

    instrument: Names
    source: str
    as_of: datetime.date
    records: int
    stale: bool


@dataclass(frozen=True, slots=True)
class AboutDataPage:
    """Every source the record rests on."""

    sources: tuple[SourceAge, ...]
    published: tuple[DatedFigure, ...]
    as_of: datetime.date | None


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the field, in the six languages."""

    names: Names


@dataclass(frozen=True, slots=True)
class FieldHit:
    """A row of the matrix that a search found."""

    section: str
    section_titles: Names
    row: str
    labels: Names


@dataclass(frozen=True, slots=True)
class MeasureHit:
    """A measure that a search found."""

    state: str
    measure: str
    titles: Names


@dataclass(frozen=True, slots=True)
class OfferHit:
    """An offer that a search found; the title is in ``language``."""

    offer: str
    title: str
    language: str
    provider: str
    provider_names: Names


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What a search found."""

    query: str
    states: tuple[State, ...]
    rows: tuple[FieldHit, ...]
    measures: tuple[MeasureHit, ...]
    requests: tuple[tuple[str, str], ...] = ()  # (identifier, title)
    offers: tuple[OfferHit, ...] = ()
    providers: tuple[tuple[str, Names], ...] = ()  # (identifier, names)

    @property
    def found(self) -> bool:
        """Whether the search found anything."""
        found = (self.states, self.rows, self.measures, self.requests, self.offers, self.providers)
        return any(found)
