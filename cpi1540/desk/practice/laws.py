"""The laws of an invented State, and what each says of which fields.

One law serves many fields: what a clause says it says of all of them at once, and penalties are drawn for a
clause, never for a field. That is what makes the rows of a practice matrix move together as real ones do.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.desk.practice.draws import Draws
from cpi1540.desk.practice.seed_files import Clause, InventedState, PracticeSeed, Theme
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Aspect, Layout
from cpi1540.matrix.measure import Document, Measure, measure_id
from cpi1540.matrix.record import Code

THIS_YEAR = 2026
ORDINARY = 0.66  # the coverage of a State for which the chances in measures.json hold as they stand
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reader of one clause can record: a code in some fields, seen in versions after the year ``since``.

    ``until`` is the last year in which it is still cited. Up to the year ``read`` the State only asserted it;
    ``measure`` None: no law was ever named, and it stays asserted.
    ``framework`` is the place, among the State's findings, of the clause whose penalties these are.
    """

    measure: str | None
    pinpoint: str
    fields: tuple[str, ...]
    code: Code
    since: int
    until: int
    read: int
    framework: int | None = None


@dataclass(frozen=True, slots=True)
class Law:
    """A law before it has a number: its theme, its measure, and the law of the same theme it replaced."""

    theme: Theme
    measure: Measure
    adopted: int
    replaces: int | None = None


@dataclass(frozen=True, slots=True)
class Statutes:
    """All the laws of a State, the findings in them, and the gazettes they stand in."""

    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    gazettes: tuple[Document, ...]


def ordinal(code: str) -> int:
    """The place of a practice code: XAA 1, XAZ 26, XBA 27. It stands in the State's document symbols."""
    return (ord(code[1]) - ord("A")) * 26 + ord(code[2]) - ord("A") + 1


def statutes(
    state: InventedState, seed: PracticeSeed, layout: Layout, reports: Sequence[int], draws: Draws
) -> Statutes:
    """Draw the laws of ``state``. ``reports`` are the years of its national reports, in which laws are named."""
    laws = _laws(state, seed, draws)
    gazettes: dict[str, Document] = {}
    measures = []
    for number, law in enumerate(laws, 1):
        symbol, page = _where(state, seed, law, reports, draws, gazettes)
        measures.append(dataclasses.replace(law.measure, number=number, document=symbol, page=page))
    return Statutes(tuple(measures), tuple(_findings(state, laws, layout, draws)), tuple(gazettes.values()))


def _laws(state: InventedState, seed: PracticeSeed, draws: Draws) -> list[Law]:
    lean = state.recorded - ORDINARY
    drawn: list[Law] = []
    since: dict[str, int] = {}
    for theme in seed.themes:
        year = draws.between(*theme.years)
        if theme.requires in since:
            # A regulation comes after the act it is made under.
            year = max(year, min(since[theme.requires] + 1, THIS_YEAR - 1))
        adopted = draws.happens(theme.chance + 1.5 * lean) or theme.key in state.replaced
        later = draws.between(2017, 2024)
        law, newer = _law(state, seed, theme, year, draws), _law(state, seed, theme, later, draws)
        if not adopted or (theme.requires is not None and theme.requires not in since):
            continue
        since[theme.key] = year
        if theme.key not in state.replaced:
            drawn.append(law)
            continue
        repealed = dataclasses.replace(law.measure, repealed=newer.measure.in_force)
        drawn.append(dataclasses.replace(law, measure=repealed))
        drawn.append(dataclasses.replace(newer, replaces=len(drawn) - 1))
    # Numbered in the order of adoption; the law replaced keeps its place in the list of laws.
    order = sorted(range(len(drawn)), key=lambda place: (drawn[place].adopted, place))
    moved = {old: new for new, old in enumerate(order)}
    return [
        dataclasses.replace(law, replaces=None if law.replaces is None else moved[law.replaces])
        for law in (drawn[place] for place in order)
    ]


def _law(state: InventedState, seed: PracticeSeed, theme: Theme, year: int, draws: Draws) -> Law:
    titles = draws.one_of(theme.titles)
    month, day = draws.between(1, 12), draws.between(1, 28)
    adopted = PartialDate(year, month, day) if draws.happens(0.7) else PartialDate(year)
    in_force = PartialDate(year, 12) if adopted.month is None else PartialDate(year + month // 12, month % 12 + 1, 1)
    return Law(
        theme,
        Measure(
            kind=theme.kind,
            titles={state.language: titles[state.language], "en": titles["en"]},
            original_language=state.language,
            official_number=None if theme.key in ("constitution", "action-plan") else f"{draws.between(1, 96)}/{year}",
            adopted=adopted,
            in_force=in_force,
            issuing_body=seed.bodies[theme.body][state.language],
        ),
        year,
    )


def _where(
    state: InventedState,
    seed: PracticeSeed,
    law: Law,
    reports: Sequence[int],
    draws: Draws,
    gazettes: dict[str, Document],
) -> tuple[str, str]:
    """The document and page a law was found in: a national report that names it, else the gazette."""
    naming = [year for year in reports if year > law.adopted]
    issue, reported, page = draws.between(1, 52), draws.happens(0.4), draws.between(3, 28)
    if naming and reported:
        return symbol(seed, "report", naming[0], ordinal(state.code)), str(page)
    found = symbol(seed, "gazette", law.adopted, issue)
    if found not in gazettes:
        title = seed.titles["gazette"][state.language]
        gazettes[found] = Document(found, title, state.language, None, PartialDate(law.adopted))
    return found, str(page)


def symbol(seed: PracticeSeed, kind: str, year: int, number: int) -> str:
    """A document's symbol: "matrix", "report" or "gazette" of a year."""
    return seed.symbols[kind] % {"year": year, "number": number}


def _findings(state: InventedState, laws: Sequence[Law], layout: Layout, draws: Draws) -> list[Finding]:
    findings: list[Finding] = []
    switched: dict[tuple[int, int], int] = {}  # (law, clause) -> the last year the repealed one is cited
    successors = {law.replaces: law for law in laws if law.replaces is not None}
    for place, law in enumerate(laws):
        for clause_number, clause in enumerate(law.theme.clauses):
            # A repealed law goes on being cited until somebody notices: in half of the clauses, up to now.
            noticed = draws.happens(0.5)
            if place in successors:
                switched[place, clause_number] = successors[place].adopted if noticed else THIS_YEAR - 1
            since = law.adopted if law.replaces is None else switched[law.replaces, clause_number]
            until = switched.get((place, clause_number), THIS_YEAR)
            measure = measure_id(state.code, place + 1)
            findings += _of_clause(state, law, clause, layout, draws, (measure, since, until, len(findings)))
    return findings


def _of_clause(
    state: InventedState,
    law: Law,
    clause: Clause,
    layout: Layout,
    draws: Draws,
    standing: tuple[str, int, int, int],
) -> list[Finding]:
    measure, since, until, place = standing
    lean = state.recorded - ORDINARY
    present = draws.happens(clause.chance + 0.5 * lean)
    read = since + (0 if draws.happens(0.5) else draws.between(1, 9))
    pinpoint = _pinpoint(law.theme, clause.numbers, draws)
    penalised, penalty_share = clause.penalties, draws.share()
    penalty_pinpoint = _pinpoint(law.theme, penalised.numbers if penalised else clause.numbers, draws)
    if not present:
        return []
    framework = clause.fields(layout, Aspect.FRAMEWORK)
    found = [Finding(measure, pinpoint, framework, clause.code, since, until, read)]
    if penalised and penalty_share < penalised.chance + 0.4 * lean:
        enforcement = clause.fields(layout, Aspect.ENFORCEMENT)
        found.append(Finding(measure, penalty_pinpoint, enforcement, penalised.code, since, until, read, place))
    return found


def _pinpoint(theme: Theme, numbers: tuple[int, int], draws: Draws) -> str:
    number, form, paragraph = draws.between(*numbers), draws.share(), draws.between(1, 4)
    text = theme.pinpoint % {"number": number, "roman": _ROMAN[number % len(_ROMAN)]}
    if "art" not in theme.pinpoint.split(".")[0] and not theme.pinpoint.startswith("sec"):
        return text
    if form < 0.3:
        return f"{text} ({paragraph})"
    return f"{text} to {number + paragraph}" if form > 0.85 else text
