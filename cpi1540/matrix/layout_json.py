"""A layout as a JSON file: read with every fault named, and written so that a difference reads well.

The file carries the layout's code, titles, confidence, source and sections, each with its rows; every text a
reader sees stands in six languages. ``seed/layouts/`` has the layouts that come with the software.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar
from unicodedata import category

from cpi1540 import locales
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import N_, Sentence, plural_sentence
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.layout import SECTION_CODES, Confidence, Domain, Layout, Role, Row, Section, Shape

# Field keys follow from a section's shape; a section with another shape would change keys that never change.
SHAPES_OF: Mapping[str, tuple[Shape, ...]] = {
    code: (Shape.SINGLE,) if code in ("op1", "op678") else (Shape.DOMAINS, Shape.TABLES) for code in SECTION_CODES
}
LONGEST_CODE = 40
LONGEST_ROW_KEY = 50
Choice = TypeVar("Choice", bound=StrEnum)
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

LAYOUT_PROBLEMS: dict[str, str] = {
    "not-json": N_("%(where)s is not JSON: line %(line)s, column %(column)s."),
    "not-readable": N_("%(where)s cannot be read as JSON: it is nested too deeply or holds an endless number."),
    "not-an-object": N_("%(where)s must be an object with named members."),
    "not-a-list": N_("%(where)s must be a list with at least one item."),
    "not-text": N_("%(where)s must be text in quotation marks."),
    "missing": N_("%(where)s: “%(member)s” is missing."),
    "unknown-member": N_("%(where)s: “%(member)s” has no meaning here."),
    "repeated-member": N_("%(where)s: “%(member)s” stands there more than once."),
    "missing-language": N_("%(where)s: the text in “%(language)s” is missing."),
    "unknown-language": N_("%(where)s: “%(language)s” is not one of the six languages."),
    "blank": N_("%(where)s is blank."),
    "control-character": N_("%(where)s holds a control character or half a character."),
    "bad-key": N_(
        "%(where)s: “%(found)s” cannot be a key. Use small letters, digits and single hyphens, at most "
        "%(longest)s in all."
    ),
    "unknown-section": N_("%(where)s: there is no section “%(found)s”. Known are: %(known)s."),
    "unknown-shape": N_("%(where)s: there is no shape “%(found)s”. Known are: %(known)s."),
    "unknown-role": N_("%(where)s: there is no role “%(found)s”. Known are: %(known)s."),
    "unknown-confidence": N_("%(where)s: there is no confidence “%(found)s”. Known are: %(known)s."),
    "unknown-domain": N_("%(where)s: there is no weapon domain “%(found)s”. Known are: %(known)s."),
    "wrong-shape": N_("%(where)s: section “%(section)s” cannot have the shape “%(found)s”; it would change its keys."),
    "repeated-section": N_("%(where)s: section “%(found)s” stands there more than once."),
    "repeated-row": N_("%(where)s: section “%(section)s” has the row “%(found)s” more than once."),
    "repeated-number": N_("%(where)s: the number “%(found)s” stands more than once in one table."),
    "no-domain": N_("%(where)s: the row has a number in no weapon domain, so it would be printed nowhere."),
}


class LayoutFaults(DomainError):
    """A file is not a layout. ``problems`` has every fault, section by section."""

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(
            plural_sentence(
                "%(file)s is not a layout: it has %(n)s fault. %(first)s",
                "%(file)s is not a layout: it has %(n)s faults. The first: %(first)s",
                len(problems),
                file=file,
                first=problem_sentence(problems[0]),
            )
        )
        self.file = file
        self.problems = problems


def problem_sentence(problem: Problem) -> Sentence:
    """What a problem of a layout file says, for a reader."""
    return Sentence(LAYOUT_PROBLEMS[problem.code], {"where": problem.where, **problem.params})


def parse_layout(text: str, file: str) -> Layout:
    """The layout that ``text`` describes; LayoutFaults with every fault when it describes none.

    ``file`` is the name that faults give, as in "2017.json: sections[2].rows[4].labels.ar (account-use)".
    A layout that comes back has unique section codes, row keys (in a section) and numbers (in a table), and
    each text in all six languages.
    """
    try:
        document = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_Members)
    except json.JSONDecodeError as error:
        place = {"line": error.lineno, "column": error.colno}
        raise LayoutFaults(file, (Problem("not-json", file, place),)) from error
    except (ValueError, RecursionError) as error:
        raise LayoutFaults(file, (Problem("not-readable", file),)) from error
    reading = _Reading(file)
    layout = _layout(reading, document)
    if reading.problems:
        raise LayoutFaults(file, tuple(reading.problems))
    return layout


def dump_layout(layout: Layout) -> str:
    """The layout as a file, one row a line; ``parse_layout`` gives the same layout back."""
    lines = [
        "{",
        f' "code": {_json(layout.code)},',
        f' "titles": {_json(_in_order(layout.titles))},',
        f' "confidence": {_json(layout.confidence)},',
        f' "source": {_json(layout.source)},',
        ' "sections": [',
    ]
    for section in layout.sections:
        lines += [
            "  {",
            f'   "code": {_json(section.code)},',
            f'   "shape": {_json(section.shape)},',
            f'   "titles": {_json(_in_order(section.titles))},',
            f'   "short_titles": {_json(_in_order(section.short_titles))},',
            f'   "confidence": {_json(section.confidence)},',
            '   "rows": [',
            ",\n".join(f"    {_json(_row_members(section, row))}" for row in section.rows),
            "   ]",
            "  }," if section is not layout.sections[-1] else "  }",
        ]
    return "\n".join([*lines, " ]", "}", ""])


def _row_members(section: Section, row: Row) -> dict[str, object]:
    by_domain = {domain.value: row.numbers[domain] for domain in Domain if domain in row.numbers}
    return {
        "key": row.key,
        "numbers": by_domain if section.shape is Shape.TABLES else row.numbers[None],
        "role": row.role,
        "confidence": row.confidence,
        "labels": _in_order(row.labels),
    }


def _in_order(texts: Mapping[str, str]) -> dict[str, str]:
    return {code: texts[code] for code in locales.CODES}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


class _Members(dict[str, object]):
    """An object of the file, with the names that stand in it more than once (JSON itself keeps the last)."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        self.repeated = [name for name, count in Counter(name for name, _ in pairs).items() if count > 1]


@dataclass(slots=True)
class _Reading:
    """A file being read: its faults so far. Readers give a harmless value where they found a fault."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def fault(self, code: str, place: "_Place", **params: object) -> None:
        self.problems.append(Problem(code, f"{self.file}: {place}" if str(place) else self.file, params))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place in the file, and the key of the row it belongs to."""

    path: str = ""
    row: str = ""

    def __str__(self) -> str:
        return f"{self.path} ({self.row})" if self.row else self.path

    def member(self, name: str) -> "_Place":
        return _Place(f"{self.path}.{name}" if self.path else name, self.row)

    def item(self, index: int) -> "_Place":
        return _Place(f"{self.path}[{index}]", self.row)


def _layout(reading: _Reading, document: object) -> Layout:
    here = _Place()
    members = _object(reading, document, here, ("code", "titles", "confidence", "source", "sections"))
    seen: set[str] = set()
    sections = []
    code = _key(reading, members, "code", here, LONGEST_CODE)
    titles = _texts(reading, members, "titles", here)
    confidence = _one_of(reading, members, "confidence", here, Confidence)
    source = _text(reading, members, "source", here)
    for place, item in _items(reading, members, "sections", here):
        section = _section(reading, item, place)
        if section.code in seen:
            reading.fault("repeated-section", place, found=_shown(section.code))
        seen |= {section.code} - {""}
        sections.append(section)
    return Layout(code, titles, confidence or Confidence.REMEMBERED, source, tuple(sections))


def _section(reading: _Reading, value: object, here: _Place) -> Section:
    members = _object(reading, value, here, ("code", "shape", "titles", "short_titles", "confidence", "rows"))
    code = _text(reading, members, "code", here)
    if code and code not in SECTION_CODES:
        known = ", ".join(SECTION_CODES)
        reading.fault("unknown-section", here.member("code"), found=_shown(code), known=known)
    shape = _one_of(reading, members, "shape", here, Shape)
    if shape and shape not in SHAPES_OF.get(code, Shape):
        reading.fault("wrong-shape", here.member("shape"), section=_shown(code), found=shape.value)
    titles = _texts(reading, members, "titles", here)
    short_titles = _texts(reading, members, "short_titles", here)
    confidence = _one_of(reading, members, "confidence", here, Confidence)
    keys: set[str] = set()
    numbers: set[tuple[Domain | None, str]] = set()
    rows = []
    for place, item in _items(reading, members, "rows", here):
        row = _row(reading, item, place, code, shape)
        if row.key in keys:
            reading.fault("repeated-row", _Place(place.path, row.key), section=_shown(code), found=row.key)
        keys |= {row.key} - {""}
        for table, number in row.numbers.items():
            if (table, number) in numbers:
                where = _Place(place.path, row.key).member("numbers")
                reading.fault("repeated-number", where.member(table) if table else where, found=_shown(number))
            numbers.add((table, number))
        rows.append(row)
    return Section(code, shape or Shape.SINGLE, titles, short_titles, confidence or Confidence.REMEMBERED, tuple(rows))


def _row(reading: _Reading, value: object, here: _Place, section: str, shape: Shape | None) -> Row:
    named = value.get("key") if isinstance(value, dict) else None
    here = _Place(here.path, named if isinstance(named, str) and _KEY.fullmatch(named) else "")
    members = _object(reading, value, here, ("key", "numbers", "role", "confidence", "labels"))
    key = _key(reading, members, "key", here, LONGEST_ROW_KEY)
    numbers = _numbers(reading, members, here, shape)
    role = _one_of(reading, members, "role", here, Role)
    confidence = _one_of(reading, members, "confidence", here, Confidence)
    labels = _texts(reading, members, "labels", here)
    return Row(key, section, labels, role or Role.INFORMATION, confidence or Confidence.REMEMBERED, numbers)


def _numbers(reading: _Reading, members: _Members, here: _Place, shape: Shape | None) -> dict[Domain | None, str]:
    """The row's numbers; none where they cannot be told because the section's shape is unknown."""
    if shape is None or "numbers" not in members:
        return {}
    if shape is not Shape.TABLES:
        number = _text(reading, members, "numbers", here)
        return {None: number} if number else {}
    place = here.member("numbers")
    by_domain = _object(reading, members["numbers"], place, None)
    for name in by_domain:
        if name not in list(Domain):
            known = ", ".join(Domain)
            reading.fault("unknown-domain", place, found=_shown(name), known=known)
    if isinstance(members["numbers"], dict) and not by_domain:
        reading.fault("no-domain", place)
    found = {domain: _text(reading, by_domain, domain.value, place) for domain in Domain if domain in by_domain}
    return {domain: number for domain, number in found.items() if number}


def _object(
    reading: _Reading, value: object, here: _Place, names: tuple[str, ...] | None, kind: str = "member"
) -> _Members:
    """The object at ``here``, empty if there is none; a fault for each name it lacks or should not have."""
    if not isinstance(value, _Members):
        reading.fault("not-an-object", here)
        return _Members([])
    for name in value.repeated:
        reading.fault("repeated-member", here, member=_shown(name))
    if names is not None:
        for name in names:
            if name not in value:
                reading.fault("missing" if kind == "member" else "missing-language", here, **{kind: name})
        for name in value:
            if name not in names:
                code = "unknown-member" if kind == "member" else "unknown-language"
                reading.fault(code, here, **{kind: _shown(name)})
    return value


def _items(reading: _Reading, members: _Members, name: str, here: _Place) -> Iterator[tuple[_Place, object]]:
    """Each item of a list with its place; a missing list was reported where its object was read."""
    place = here.member(name)
    items = members.get(name)
    if name in members and (not isinstance(items, list) or not items):
        reading.fault("not-a-list", place)
    if isinstance(items, list):
        for index, item in enumerate(items):
            yield place.item(index), item


def _text(reading: _Reading, members: _Members, name: str, here: _Place) -> str:
    """The text of a member, "" after a fault; a missing member was reported where its object was read."""
    if name not in members:
        return ""
    value, place = members[name], here.member(name)
    if not isinstance(value, str):
        reading.fault("not-text", place)
    elif any(category(character) in ("Cc", "Cs") for character in value):
        # Neither can be kept by every database nor printed in every file.
        reading.fault("control-character", place)
    elif not value.strip():
        reading.fault("blank", place)
    else:
        return value
    return ""


def _texts(reading: _Reading, members: _Members, name: str, here: _Place) -> dict[str, str]:
    """One text a language, in all six."""
    if name not in members:
        return {}
    place = here.member(name)
    texts = _object(reading, members[name], place, locales.CODES, "language")
    return {code: _text(reading, texts, code, place) for code in locales.CODES if code in texts}


def _key(reading: _Reading, members: _Members, name: str, here: _Place, longest: int) -> str:
    found = _text(reading, members, name, here)
    if found and (not _KEY.fullmatch(found) or len(found) > longest):
        reading.fault("bad-key", here.member(name), found=_shown(found), longest=longest)
        return ""
    return found


def _one_of(reading: _Reading, members: _Members, name: str, here: _Place, choices: type[Choice]) -> Choice | None:
    found = _text(reading, members, name, here)
    if found and found not in list(choices):
        known = ", ".join(choices)
        reading.fault(f"unknown-{name}", here.member(name), found=_shown(found), known=known)
    return choices(found) if found in list(choices) else None


def _shown(found: str) -> str:
    """A text of the file in a message: short, without what cannot be printed."""
    shown = "".join("\ufffd" if category(character) in ("Cc", "Cs") else character for character in found)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
