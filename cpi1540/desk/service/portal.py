"""Pages that put wings together, filled from their services."""

import datetime
import json
from collections.abc import Callable, Mapping, Sequence

from cpi1540 import paths
from cpi1540.assistance.offers.service import lists as offer_lists
from cpi1540.assistance.outcomes.service import threads
from cpi1540.assistance.requests.service import lists
from cpi1540.coverage.figures import Coverage
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.service import figures as coverage
from cpi1540.coverage.service import gap_lists
from cpi1540.desk import pages, steps
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import current_language, sorted_by_name
from cpi1540.foundation.messages import Sentence, sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.foundation.search_text import normalise
from cpi1540.foundation.templating import today
from cpi1540.matrix.layout import HEADLINE_SECTIONS, Layout, Role
from cpi1540.matrix.pages import section_tables
from cpi1540.matrix.record import Matrix, Version
from cpi1540.matrix.reference import age_counted_to
from cpi1540.matrix.service import layouts, measures, reading, speaking, versions
from cpi1540.states import service as states
from cpi1540.states.dated_figures import DatedFigure, read_figures
from cpi1540.states.group_names import group_names
from cpi1540.states.instruments import Standing, standing
from cpi1540.states.staleness import is_stale
from cpi1540.states.state import State

# What the first page quotes: reports, plans, and the Committee's own mean.
QUOTED = (("first-reports", 185), ("action-plans", 48), ("mean-fields", 128))
# The treaties whose parties the first page counts.
COUNTED_TREATIES = ("npt", "cwc", "bwc", "ctbt")


def home(practice: bool, actor: Actor) -> pages.HomePage:
    """The first page of a record: published figures, parties to the treaties, the groups' figures."""
    listed = states.states(practice=practice)
    answer, groups = _grouped(listed, actor)
    return pages.HomePage(
        len(listed),
        _counted(len(listed), answer) if practice else _quoted(),
        () if practice else _parties(),
        groups,
        steps.PRACTICE if practice else steps.MEMBERS,
        _basis(answer.profile, answer.as_of),
    )


def states_page(
    practice: bool, group: str | None, query: str, actor: Actor, address: Callable[[str | None], str]
) -> pages.StatesPage:
    """The States whose name or code contains ``query``, of one group or of all, by group and name."""
    found = states.search(query, practice=practice)
    by_group = states.by_group(found)
    chosen = by_group.get(group, []) if group else found
    answer, groups = _grouped(chosen, actor)
    choices = [pages.Choice("", address(None), len(found), group is None)] + [
        pages.Choice(code, address(code), len(members), group == code) for code, members in by_group.items()
    ]
    return pages.StatesPage(
        query,
        tuple(choices),
        tuple(each for each in groups if each.states),
        len(chosen),
        _basis(answer.profile, answer.as_of),
    )


def state_page(state: State, version: Version | None, actor: Actor, as_of: datetime.date | None) -> pages.StatePage:
    """A State's page with ``version``, as it stood on ``as_of`` where that is given."""
    on = as_of or today()
    listed = versions.versions_of(state, actor)
    layout = layouts.layout(version.layout if version else layouts.DEFAULT_LAYOUT)
    matrix = reading.matrix(version) if version else None
    figures = coverage.figures_of(state, matrix, layout)
    gaps = gap_lists.gaps_in(matrix, layout)
    counted_to = age_counted_to(version, on)
    lines = _instruments(state, layout, matrix)
    sections = [
        pages.SectionFigure(section.code, section.short_titles, figures.sections[section.code])
        for section in layout.sections
    ]
    headline = [each for each in sections if each.code in HEADLINE_SECTIONS]
    apart = [each for each in sections if each.code not in HEADLINE_SECTIONS]
    return pages.StatePage(
        state,
        group_names()[state.group],
        version,
        tuple(listed),
        tuple(states.reports_of(state)),
        (*headline, pages.SectionFigure(None, None, figures.total), *apart),
        lines,
        sum(line.stale for line in lines),
        len(gaps.gaps),
        len(gaps.not_reviewed),
        counted_to,
        pages.Basis(on, layout.code, EQUAL),
        lists.listing(lists.Filters(state=state.code), actor, practice=state.practice, size=1).total,
        threads.threads_of(state, actor)[1],
    )


def about_data() -> pages.AboutDataPage:
    """Every table of reference data, with its age against the newest of them."""
    instruments = states.instruments()
    ages = states.source_ages()
    newest = max((as_of for _code, _source, as_of, _n in ages), default=None)
    return pages.AboutDataPage(
        tuple(
            pages.SourceAge(instruments[code].names, source, as_of, n, newest is not None and is_stale(as_of, newest))
            for code, source, as_of, n in ages
        ),
        _published(),
        newest,
    )


def terms() -> tuple[pages.Term, ...]:
    """The terms of the field in six languages, by the reader's language."""
    listed = json.loads((paths.SEED / "terms.json").read_text("utf-8"))
    code = current_language().code
    return tuple(sorted((pages.Term(names) for names in listed), key=lambda term: normalise(term.names[code])))


def search(query: str, practice: bool, actor: Actor) -> pages.SearchPage:
    """States by name and code, rows of the default layout by label, measures by title; requests, offers and providers
    by their words, of those that the actor may read.
    """
    wanted = normalise(query)
    if not wanted:
        return pages.SearchPage(query, (), (), ())
    found = sorted_by_name(states.search(query, practice=practice), key=lambda state: state.sort_names)
    rows = [
        pages.FieldHit(section.code, section.short_titles, row.key, row.labels)
        for section in layouts.layout().sections
        for row in section.rows
        if wanted in normalise("\n".join([f"{section.code}.{row.key}", *row.labels.values()]))
    ]
    hits = tuple(pages.MeasureHit(*hit) for hit in measures.search(query, practice, actor))
    asked = lists.listing(lists.Filters(text=query), actor, practice=practice, newest_first=True)
    requests = tuple((line.request.id, line.request.values.title) for line in asked.lines)
    offered = offer_lists.offers(offer_lists.Filters(text=query), actor, practice=practice)
    providers = offer_lists.providers(offer_lists.ProviderFilters(text=query), actor, practice=practice)
    return pages.SearchPage(
        query,
        tuple(found),
        tuple(rows),
        hits,
        requests,
        tuple(
            pages.OfferHit(line.offer.id, line.offer.title, line.offer.language, line.provider.id, line.provider.names)
            for line in offered.lines
        ),
        tuple((line.provider.id, line.provider.names) for line in providers),
    )


def _grouped(listed: Sequence[State], actor: Actor) -> tuple[coverage.Answer, tuple[pages.GroupFigures, ...]]:
    members = states.by_group(listed)
    codes = {group: [state.code for state in each] for group, each in members.items()}
    answer = coverage.coverage(listed, coverage.Question(), actor, codes)
    return answer, tuple(_group(group, each, answer.figures, answer.versions) for group, each in members.items())


def _group(
    group: str, members: Sequence[State], figures: Coverage, effective: Mapping[str, Version]
) -> pages.GroupFigures:
    ordered = sorted_by_name(members, key=lambda state: state.sort_names)
    return pages.GroupFigures(
        group,
        group_names()[group],
        figures.groups[group],
        tuple(pages.StateFigures(state, effective.get(state.code), figures.states[state.code]) for state in ordered),
    )


def _instruments(state: State, layout: Layout, matrix: Matrix | None) -> tuple[pages.InstrumentLine, ...]:
    """The counted rows of OP 1, each with the oldest date its sources rest on."""
    section = layout.section("op1")
    entries = matrix.entries if matrix else {}
    version = matrix.version if matrix else None
    voice = speaking.voice(state, version, [entry for key, entry in entries.items() if key.startswith("op1.")])
    (table,) = section_tables(section, entries, voice.say, voice.is_stale)
    dates = {
        key: min((source.as_of for source in entry.sources if source.as_of), default=None)
        for key, entry in entries.items()
    }
    counted = {row.key: row for row in section.rows if row.role is Role.COUNTED}
    return tuple(
        pages.InstrumentLine(
            row.key,
            row.labels,
            counted[row.key].confidence,
            row.single.look if row.single else "u",
            row.framework_sources,
            dates.get(f"op1.{row.key}"),
            any(line.stale for line in row.framework_sources),
        )
        for row in table.rows
        if row.key in counted
    )


def _parties() -> tuple[tuple[Mapping[str, str], int, datetime.date], ...]:
    """How many Member States are parties to the main treaties, with the date of the newest table."""
    instruments = states.instruments()
    counts = dict.fromkeys(COUNTED_TREATIES, 0)
    dates: dict[str, datetime.date] = {}
    for actions in states.all_actions().values():
        for code in COUNTED_TREATIES:
            acts = [action for action in actions if action.instrument == code]
            counts[code] += standing(acts)[0] is Standing.PARTY
            for action in acts:
                dates[code] = min(action.as_of, dates.get(code, action.as_of))
    return tuple((instruments[code].names, counts[code], dates[code]) for code in COUNTED_TREATIES if code in dates)


def _quoted() -> tuple[pages.HomeFigure, ...]:
    """The published figures that the first page quotes."""
    return tuple(
        pages.HomeFigure(figure.value, None, Sentence(figure.what), figure.date, figure.after, None)
        for figure in _published()
        if (figure.key, figure.value) in QUOTED
    )


def _counted(n_states: int, answer: coverage.Answer) -> tuple[pages.HomeFigure, ...]:
    """What the practice record says of itself on the day asked for."""
    total, date = answer.figures.all.total, PartialDate.of(answer.as_of)
    own = sentence("counted from the practice record")
    return (
        pages.HomeFigure(len(answer.versions), n_states, sentence("States have an approved matrix"), date, False, own),
        pages.HomeFigure(
            total.reviewed,
            total.applicable,
            sentence("applicable fields of OP 2 and OP 3 are reviewed"),
            date,
            False,
            own,
        ),
        pages.HomeFigure(
            total.counts["X"], total.applicable, sentence("of them have measures recorded"), date, False, own
        ),
    )


def _published() -> tuple[DatedFigure, ...]:
    return read_figures(paths.SEED)


def _basis(profile: Profile, as_of: datetime.date) -> pages.Basis:
    return pages.Basis(as_of, layouts.DEFAULT_LAYOUT, profile)
