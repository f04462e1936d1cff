"""The values of the charts of needs, offers and matches."""

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from cpi1540.assistance.messages import KIND_NAMES
from cpi1540.assistance.offers.offer import Offer
from cpi1540.assistance.offers.service import reading as offers
from cpi1540.assistance.offers.service.terms import offers_on
from cpi1540.assistance.outcomes.service.on_day import Agreed, agreed_on
from cpi1540.assistance.requests.agenda import Line
from cpi1540.assistance.requests.request import Kind, Need
from cpi1540.assistance.requests.service.on_day import withdrawn
from cpi1540.briefing.charts.chart import Ground
from cpi1540.briefing.charts.flow import FlowChart, Strand
from cpi1540.briefing.charts.match_rate import MatchRateChart, YearRow
from cpi1540.briefing.charts.needs_offers import AreaRow, NeedsOffersChart
from cpi1540.briefing.service.coverage_charts import section_names
from cpi1540.briefing.service.questions import ChartQuestion
from cpi1540.briefing.service.request_charts import lines_asked
from cpi1540.coverage.scope import Narrowing
from cpi1540.foundation.access import Actor
from cpi1540.foundation.languages import current_language, name, say, sorted_by_name
from cpi1540.foundation.messages import sentence
from cpi1540.matrix.layout import SECTION_CODES, Domain, Field
from cpi1540.matrix.messages import DOMAIN_NAMES, DOMAIN_SHORT
from cpi1540.matrix.service import layouts

# An area: a section, or a row of one ("finance"), and the weapon domain where it has one; None: no field is named.
Area = tuple[str, str, Domain | None] | None
SEVERAL, NOWHERE = "several", "none"


def needs_offers_chart(question: ChartQuestion, actor: Actor) -> NeedsOffersChart:
    """The needs that nobody has agreed to meet and the offers that are valid, of those that the asker may read."""
    lines = lines_asked(question, actor)
    # Whoever may read a need may know whether it is still open.
    agreed = agreed_on(question.on, practice=question.practice)
    asked, by_row = question.figures.narrowing, question.figures.narrowing.section is not None
    needs = [
        areas
        for _line, need in _needs(lines, question.on, going_on=True)
        if need.id not in agreed and (areas := _areas(need.values.fields, asked, by_row=by_row))
    ]
    given = {
        offer.id: areas
        for offer in offers_on(question.on, actor, practice=question.practice)
        if _valid(offer, question.on)
        and _open_to(offer, question)
        and (areas := _areas(offer.fields, asked, by_row=by_row))
    }
    named = Counter(area for areas in needs for area in areas)
    covered = Counter(area for areas in given.values() for area in areas)
    shown = [area for area in _all_areas(asked, by_row=by_row) if not by_row or named[area] or covered[area]]
    if named[None] or covered[None]:
        shown.append(None)
    return NeedsOffersChart(
        ground=question.ground(rests_on=[*(line.request.id for line in lines), *given]),
        rows=tuple(AreaRow(*_area_name(area, asked), named[area], covered[area]) for area in shown),
        needs=len(needs),
        offers=len(given),
        by_row=by_row,
        whole_view=actor.of_the_office,
    )


def match_rate_chart(question: ChartQuestion, actor: Actor) -> MatchRateChart:
    """The needs of each year, and how many of them both sides had agreed on a match for by the day asked for."""
    lines = lines_asked(question, actor)
    agreed = agreed_on(question.on, practice=question.practice)
    needs: Counter[int] = Counter()
    matched: Counter[int] = Counter()
    for line, need in _needs(lines, question.on, going_on=False):
        year = line.request.values.date.year if line.request.values.date else 0
        needs[year] += 1
        matched[year] += need.id in agreed
    dated = [year for year in needs if year]
    years = range(min(dated), max(dated) + 1) if dated else range(0)
    rows = [YearRow(f"{year:04}", needs[year], matched[year]) for year in years]
    if needs[0]:
        rows.append(YearRow("", needs[0], matched[0]))
    return MatchRateChart(ground=_ground(question, lines, agreed), rows=tuple(rows))


def flow_chart(question: ChartQuestion, actor: Actor) -> FlowChart:
    """The needs by area and kind, and the providers that had agreed to meet them by the day asked for."""
    lines = lines_asked(question, actor)
    agreed = agreed_on(question.on, practice=question.practice)
    given = {provider.id: provider for provider in offers.providers(question.practice, actor, withdrawn=True)}
    strands: Counter[tuple[str, Kind, str | None]] = Counter()
    n_needs = n_matched = 0
    for _line, need in _needs(lines, question.on, going_on=False):
        sections = {key.partition(".")[0] for key in need.values.fields}
        area = next(iter(sections)) if len(sections) == 1 else SEVERAL if sections else NOWHERE
        providers = sorted({match.provider for match in agreed.get(need.id, ())})
        n_needs += 1
        n_matched += bool(providers)
        for provider in providers or (None,):
            strands[area, need.values.kind, provider] += 1
    spoken = current_language().code
    areas = {**section_names(), SEVERAL: say(sentence("Several sections")), NOWHERE: say(sentence("No section named"))}
    named = {key: given[key].name(spoken) for _area, _kind, key in strands if key is not None}
    inside = sorted_by_name(named, lambda key: dict.fromkeys([spoken], named[key].casefold()))
    ends: list[str | None] = [*inside, None]
    return FlowChart(
        ground=_ground(question, lines, agreed),
        strands=tuple(
            Strand(areas[area], say(KIND_NAMES[kind]), named[end] if end else None, strands[area, kind, end])
            for area in areas
            for kind in Kind
            for end in ends
            if strands[area, kind, end]
        ),
        areas=tuple(title for area, title in areas.items() if any(each[0] == area for each in strands)),
        kinds=tuple(say(KIND_NAMES[kind]) for kind in Kind if any(each[1] is kind for each in strands)),
        providers=tuple(dict.fromkeys(named[key] for key in inside)),
        needs=n_needs,
        matched=n_matched,
    )


def _ground(question: ChartQuestion, lines: Sequence[Line], agreed: Mapping[str, Sequence[Agreed]]) -> Ground:
    matches = [each.match for found in agreed.values() for each in found]
    return question.ground(rests_on=[*(line.request.id for line in lines), *matches])


def _needs(lines: Iterable[Line], on: datetime.date, *, going_on: bool) -> list[tuple[Line, Need]]:
    """The needs that stood on a day, of requests that had not been withdrawn; with ``going_on`` that had not ended."""
    return [
        (line, need)
        for line in lines
        if not withdrawn(line) and (line.standing.step is not None or not going_on)
        for need in line.request.needs
        if need.stood(on)
    ]


def _valid(offer: Offer, on: datetime.date) -> bool:
    return (offer.valid_from is None or offer.valid_from <= on) and (offer.valid_to is None or on <= offer.valid_to)


def _open_to(offer: Offer, question: ChartQuestion) -> bool:
    """Whether the offer is for one at least of the States asked about; a whole record has every offer."""
    if not question.named and question.group is None:
        return True
    return any(
        (not offer.eligible or offer.eligible & {state.code, state.group})
        and not offer.excluded & {state.code, state.group}
        for state in question.chosen
    )


def _areas(fields: Iterable[str], asked: Narrowing, *, by_row: bool) -> set[Area]:
    """The areas that these fields lie in; ``None`` where no field is named, and the question is about all of them."""
    layout = layouts.layout()
    named = [layout.field(key) for key in fields if key in layout.positions]
    found: set[Area] = {_area_of(field, by_row=by_row) for field in named if asked.takes(field)}
    return found if named or asked != Narrowing() else {None}


def _area_of(field: Field, *, by_row: bool) -> Area:
    return field.section, field.row if by_row else "", field.domain


def _all_areas(asked: Narrowing, *, by_row: bool) -> list[Area]:
    """The areas in printed order; a row's domains stand together."""
    fields = [field for field in layouts.layout().fields if asked.takes(field)]
    found: list[Area] = list(dict.fromkeys(_area_of(field, by_row=by_row) for field in fields))
    if by_row:
        rows = list(dict.fromkeys(field.row for field in fields))
        found.sort(key=lambda area: rows.index(area[1]) if area else len(rows))
    else:
        found.sort(key=lambda area: SECTION_CODES.index(area[0]) if area else len(SECTION_CODES))
    return found


def _area_name(area: Area, asked: Narrowing) -> tuple[str, str]:
    """(wider name or "", name)."""
    if area is None:
        return "", say(sentence("Names no field"))
    section, row, domain = area
    whole = name(layouts.layout().rows[section, row].labels) if row else section_names()[section]
    if domain is None or asked.domain is not None:
        return "", whole
    return whole, say(DOMAIN_SHORT[domain] if row else DOMAIN_NAMES[domain])


MAKERS = {"needs-offers": needs_offers_chart, "flow": flow_chart, "match-rate": match_rate_chart}
