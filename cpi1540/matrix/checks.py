"""Quality checks on a draft: errors, which must be mended, and warnings, which may stand for a reason."""

import dataclasses
import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping

from cpi1540.foundation.messages import Sentence
from cpi1540.locales import BY_CODE
from cpi1540.matrix.check_messages import CHECKS
from cpi1540.matrix.layout import Aspect, Field, Layout, field_key
from cpi1540.matrix.measure import Measure
from cpi1540.matrix.record import NOT_REVIEWED, Code, Entry, Origin, Source

ERROR, WARNING = "error", "warning"


@dataclasses.dataclass(frozen=True, slots=True)
class Finding:
    """What a check found in a field; ``said`` puts it into words. ``level`` is "error" or "warning"."""

    check: str
    level: str
    field: str | None
    params: Mapping[str, object] = dataclasses.field(default_factory=dict)


def said(finding: Finding) -> Sentence:
    """The finding as a sentence."""
    several = finding.check == "missing-translation" and "other" in finding.params
    return Sentence(CHECKS["missing-translations" if several else finding.check], finding.params)


def run(
    entries: Mapping[str, Entry],
    layout: Layout,
    measures: Mapping[str, Measure],
    *,
    origin: Origin,
    on: datetime.date,
    needed: Collection[str],
) -> tuple[Finding, ...]:
    """Every finding, in the order of the layout's fields; a field that is not in the layout is not checked.

    ``measures`` are the State's own by identifier ("FRA-M12"); ``on`` is the day to which a repeal is counted;
    ``needed`` are the languages in which a cited measure should have a title. A document of the Committee is as
    it is: it gives no errors.
    """
    found: list[Finding] = []
    for field in layout.fields:
        entry = entries.get(field.key, NOT_REVIEWED)
        found += _of_evidence(field, entry, origin)
        found += _of_aspects(field, entry, entries, layout)
        found += _of_citations(field, entry, measures, on)
    found += _of_titles(entries, layout, measures, needed)
    if origin is Origin.COMMITTEE:
        found = [finding for finding in found if finding.level != ERROR]
    places = {check: place for place, check in enumerate(CHECKS)}
    return tuple(sorted(found, key=lambda each: (layout.positions[each.field or ""], places[each.check])))


def _of_evidence(field: Field, entry: Entry, origin: Origin) -> Iterator[Finding]:
    if entry.code is not Code.FOUND:
        return
    if origin is Origin.OFFICE and not any(map(_says_something, entry.sources)) and not entry.remarks.strip():
        yield Finding("no-evidence", ERROR, field.key)
    if entry.basis is None:
        yield Finding("basis-missing", WARNING, field.key)


def _says_something(source: Source) -> bool:
    return bool(source.text.strip() or source.measure or source.statement or source.url)


def _of_aspects(field: Field, entry: Entry, entries: Mapping[str, Entry], layout: Layout) -> Iterator[Finding]:
    """What the two aspects of one row and domain say of one another."""
    if field.aspect is None:
        return
    other = Aspect.FRAMEWORK if field.aspect is Aspect.ENFORCEMENT else Aspect.ENFORCEMENT
    key = field_key(field.section, field.row, field.domain, other)
    if key not in layout.positions:
        return
    code = entries.get(key, NOT_REVIEWED).code
    if field.aspect is Aspect.ENFORCEMENT and entry.code is Code.FOUND and code in (None, Code.BLANK):
        yield Finding("enforcement-without-framework", WARNING, field.key)
    if entry.code is Code.NOT_APPLICABLE and code in (Code.FOUND, Code.INCOMPLETE):
        yield Finding("not-applicable-against-another", WARNING, field.key, {"code": code.value})


def _cited(entry: Entry) -> Iterable[str]:
    """The measures an entry cites, each once."""
    return dict.fromkeys(source.measure for source in entry.sources if source.measure)


def _of_citations(field: Field, entry: Entry, measures: Mapping[str, Measure], on: datetime.date) -> Iterator[Finding]:
    for identifier in _cited(entry):
        measure = measures.get(identifier)
        if measure is None:
            yield Finding("unknown-measure", ERROR, field.key, {"measure": identifier})
        elif measure.repealed is not None and measure.repealed.first_day <= on:
            params = {"measure": identifier, "date": measure.repealed}
            yield Finding("repealed-cited", WARNING, field.key, params)


def _of_titles(
    entries: Mapping[str, Entry], layout: Layout, measures: Mapping[str, Measure], needed: Collection[str]
) -> Iterator[Finding]:
    """One finding for each cited measure whose title is missing in a language, in the first field that cites it."""
    first: dict[str, str] = {}
    for field in layout.fields:
        for identifier in _cited(entries.get(field.key, NOT_REVIEWED)):
            first.setdefault(identifier, field.key)
    for identifier, key in first.items():
        if identifier not in measures:
            continue
        titles = measures[identifier].titles
        missing = [language for language in dict.fromkeys(needed) if not titles.get(language, "").strip()]
        if missing:
            names = [BY_CODE[language].own_name if language in BY_CODE else language for language in missing]
            params = {"measure": identifier, **dict(zip(("language", "other"), names, strict=False))}
            yield Finding("missing-translation", WARNING, key, params)
