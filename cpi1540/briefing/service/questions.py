"""What a chart is asked for: which States, which days, which fields, broken down how."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import current_app

from cpi1540.briefing.chart_kinds import GROUP, RECORD, STATE, STATES, By, ChartKind
from cpi1540.briefing.charts.chart import Ground
from cpi1540.coverage.scope import EVERYTHING, Narrowing
from cpi1540.coverage.service import figures as coverage
from cpi1540.coverage.service import lenses
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.languages import listed, name, say, sorted_by_name
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.foundation.templating import today
from cpi1540.matrix import messages as matrix_words
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.record import Version
from cpi1540.matrix.service import layouts
from cpi1540.states import service as states
from cpi1540.states.group_names import group_names
from cpi1540.states.state import State

# So many States are named one by one in a title; more are counted.
_MOST_NAMED = 3
_TODAY = coverage.Question()


@dataclass(frozen=True, slots=True)
class ChartQuestion:
    """A question about the States ``chosen`` of one record: those of a regional ``group`` when it is named, those
    ``named`` one by one, else the whole record.

    ``figures`` says as of when, by which weights, over which fields. ``since`` is the earlier day of a chart that
    takes two; the later one is ``figures.on``. ``by`` None is the chart's usual way.
    """

    chosen: tuple[State, ...]
    figures: coverage.Question = _TODAY
    group: str | None = None
    named: bool = False
    practice: bool = False
    by: By | None = None
    since: datetime.date | None = None

    @property
    def on(self) -> datetime.date:
        """The day asked for; the later one of two."""
        return self.figures.on

    @property
    def before(self) -> datetime.date:
        """The earlier day of two: a year before the later one where none was named."""
        return self.since or years_before(self.on, 1)

    @property
    def one(self) -> State | None:
        """The State it is about, where it is about one that was named."""
        return self.chosen[0] if self.named and len(self.chosen) == 1 else None

    @property
    def scope(self) -> str:
        """What it is about: a State, several, a group or a record."""
        if self.named:
            return STATE if len(self.chosen) == 1 else STATES
        return GROUP if self.group else RECORD

    @property
    def in_order(self) -> list[State]:
        """The States in the alphabetical order of the reader's language."""
        return sorted_by_name(self.chosen, key=lambda state: state.sort_names)

    @property
    def by_group(self) -> list[tuple[str, list[State]]]:
        """(group, its States in alphabetical order), in the order of the groups; groups without a State left out."""
        found = states.by_group(self.in_order)
        return [(group, members) for group, members in found.items() if members]

    @property
    def scope_name(self) -> str:
        """What it is about, in the reader's language."""
        if self.named:
            if len(self.chosen) <= _MOST_NAMED:
                return listed(name(state.names) for state in self.in_order)
            return say(plural_sentence("%(n)s State", "%(n)s States", len(self.chosen)))
        if self.group:
            return name(group_names()[self.group])
        return say(sentence("Practice record")) if self.practice else say(sentence("Member States"))

    @property
    def narrowed_to(self) -> tuple[str, ...]:
        """The parts of the matrix that the figures are narrowed to, in the reader's language."""
        asked, found = self.figures.narrowing, []
        if self.figures.lens:
            found.append(name(lenses.find(self.figures.lens).names))
        if asked.section:
            found.append(name(layouts.layout().section(asked.section).short_titles))
        if asked.domain:
            found.append(say(matrix_words.DOMAIN_NAMES[asked.domain]))
        if asked.aspect:
            found.append(say(matrix_words.ASPECT_NAMES[asked.aspect]))
        return tuple(found)

    def ground(
        self,
        versions: Sequence[Version] = (),
        *,
        dates: int = 1,
        profile: str = "",
        n_reviewed: int | None = None,
        rests_on: Sequence[str] = (),
    ) -> Ground:
        """What the figures rest on: ``versions`` of matrices where they come from there, and ``rests_on`` else."""
        one = self.one
        used = {version.layout for version in versions} or ({layouts.DEFAULT_LAYOUT} if profile else set())
        return Ground(
            scope_name=self.scope_name,
            practice=self.practice,
            days=(self.before, self.on) if dates > 1 else (self.on,),
            n_states=len(self.chosen),
            code=one.code if one else "",
            n_reviewed=n_reviewed,
            layouts=listed(sorted(used)) if used else "",
            profile=profile,
            narrowed_to=self.narrowed_to,
            drafts=self.figures.draft,
            office=current_app.config["CPI1540"].office,
            rests_on=tuple(sorted({*rests_on, *(f"{each.state}/{each.number}" for each in versions)})),
        )

    def settled(self, kind: ChartKind) -> "ChartQuestion":
        """The same question with everything said that was left open: the day, the breakdown. DomainError when the
        chart cannot be asked so.
        """
        if not self.chosen:
            raise DomainError(sentence("There are no States in this record."))
        record = "practice" if self.practice else "members"
        if record not in kind.records:
            raise DomainError(_elsewhere(record))
        if self.scope not in kind.scopes:
            raise DomainError(_SCOPE_REFUSALS[self.scope])
        if self.by is not None and self.by not in kind.by:
            raise DomainError(sentence("This chart cannot be broken down by %(by)s.", by=self.by))
        for option in ("lens", "profile", "draft", "section", "domain", "aspect"):
            if option not in kind.takes and self._says(option):
                raise DomainError(sentence("This chart takes no %(option)s.", option=option))
        by = self.by or (kind.by[0] if kind.by else None)
        since = (self.since or years_before(self.on, kind.years)) if kind.dates > 1 else None
        if self.on > today():
            raise DomainError(sentence("The date lies in the future."))
        if since is not None and since > self.on:
            raise DomainError(sentence("The earlier date is after the later one."))
        return replace(self, by=by, since=since, figures=replace(self.figures, as_of=self.on))

    def _says(self, option: str) -> bool:
        asked = self.figures
        said: dict[str, object] = {
            "lens": asked.lens,
            "profile": asked.profile.partition("/")[0] != "equal",
            "draft": asked.draft,
            "section": asked.narrowing.section,
            "domain": asked.narrowing.domain,
            "aspect": asked.narrowing.aspect,
        }
        return bool(said[option])


_SCOPE_REFUSALS: dict[str, Sentence] = {
    STATE: sentence("This chart is of several States: choose a group, or the whole record."),
    STATES: sentence("This chart is of a group or of the whole record, not of States named one by one."),
    GROUP: sentence("This chart is not of a regional group: choose one State, or the whole record."),
    RECORD: sentence("This chart is of one State: choose one."),
}


def _elsewhere(record: str) -> Sentence:
    if record == "practice":
        return sentence("This chart is of the Member States only.")
    return sentence("This chart is of the practice record only.")


def as_recipe(question: ChartQuestion) -> dict[str, Any]:
    """A settled question as plain values, to be kept; None is left out."""
    asked = question.figures
    said = {
        "states": [state.code for state in question.chosen] if question.named else None,
        "group": question.group,
        "record": "practice" if question.practice else "members",
        "by": question.by,
        "from": question.since.isoformat() if question.since else None,
        "as_of": question.on.isoformat(),
        "draft": asked.draft or None,
        "profile": asked.profile,
        "lens": asked.lens,
        "section": asked.narrowing.section,
        "domain": asked.narrowing.domain.value if asked.narrowing.domain else None,
        "aspect": asked.narrowing.aspect.value if asked.narrowing.aspect else None,
    }
    return {key: value for key, value in said.items() if value is not None}


def from_recipe(kept: dict[str, Any]) -> ChartQuestion:
    """The question that ``as_recipe`` kept, about the record as it is now."""
    practice = kept["record"] == "practice"
    codes = kept.get("states")
    chosen = (
        [states.find(code, practice=practice) for code in codes]
        if codes
        else states.states(practice=practice, group=kept.get("group"))
    )
    domain, aspect = kept.get("domain"), kept.get("aspect")
    narrowing = Narrowing(kept.get("section"), Domain(domain) if domain else None, Aspect(aspect) if aspect else None)
    figures = coverage.Question(
        datetime.date.fromisoformat(kept["as_of"]),
        draft=bool(kept.get("draft")),
        profile=kept.get("profile", "equal"),
        narrowing=EVERYTHING if narrowing == EVERYTHING else narrowing,
        lens=kept.get("lens"),
    )
    since = kept.get("from")
    return ChartQuestion(
        tuple(chosen),
        figures,
        kept.get("group"),
        bool(codes),
        practice,
        kept.get("by"),
        datetime.date.fromisoformat(since) if since else None,
    )


def years_before(day: datetime.date, years: int) -> datetime.date:
    """The same day so many years earlier; 28 February for a leap day."""
    year = max(day.year - years, datetime.MINYEAR)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
