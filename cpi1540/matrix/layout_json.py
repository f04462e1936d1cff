"""Layouts as files: read strictly, with every fault found, and written so that they read the same."""

import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import N_, Sentence, plural_sentence
from cpi1540.foundation.problems import Problem
from cpi1540.locales import CODES
from cpi1540.matrix.layout import SECTION_CODES, Confidence, Domain, Layout, Role, Row, Section, Shape

PROBLEMS: Mapping[str, str] = {
    "not-json": N_("%(where)s: not JSON (%(reason)s)"),
    "missing": N_("%(where)s: %(name)s is missing"),
    "wrong-type": N_("%(where)s: %(name)s is not of the kind expected"),
    "unknown-value": N_("%(where)s: %(name)s is %(value)s; known are: %(known)s"),
    "missing-language": N_("%(where)s: %(name)s has no text in %(language)s"),
    "duplicate": N_("%(where)s: %(name)s %(value)s stands twice"),
}

E = TypeVar("E", bound=StrEnum)


class LayoutFaults(DomainError):
    """A layout file is broken. ``problems`` has every fault; the sentence counts them and says the first."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        first = problems[0]
        told = Sentence(PROBLEMS[first.code], {"where": first.where, **first.params})
        super().__init__(
            plural_sentence(
                "%(file)s has %(n)s fault. %(first)s.",
                "%(file)s has %(n)s faults. The first: %(first)s.",
                len(problems),
                file=file,
                first=told,
            )
        )
        self.problems = tuple(problems)


def parse_layout(text: str, file: str) -> Layout:
    """The layout in ``text``; LayoutFaults, with every fault by row, when it is not one."""
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        where = f"{file}, line {error.lineno}"
        raise LayoutFaults(file, [Problem("not-json", where, {"reason": error.msg})]) from error
    reader = _Reader(file)
    found = reader.layout(document)
    if reader.problems or found is None:
        raise LayoutFaults(file, reader.problems)
    return found


def dump_layout(layout: Layout) -> str:
    """The file of a layout, one row a line; ``parse_layout`` gives the same layout back."""
    head = {
        "code": layout.code,
        "titles": dict(layout.titles),
        "confidence": layout.confidence,
        "source": layout.source,
    }
    lines = [json.dumps(head, ensure_ascii=False, indent=1)[:-2] + ',\n "sections": [']
    for place, section in enumerate(layout.sections):
        top = {
            "code": section.code,
            "shape": section.shape,
            "titles": dict(section.titles),
            "short_titles": dict(section.short_titles),
            "confidence": section.confidence,
        }
        lines.append("  " + json.dumps(top, ensure_ascii=False)[:-1] + ', "rows": [')
        rows = [json.dumps(_row_values(row), ensure_ascii=False) for row in section.rows]
        lines.append(",\n".join("   " + row for row in rows))
        lines.append("  ]}" + ("," if place + 1 < len(layout.sections) else ""))
    return "\n".join([*lines, " ]\n}\n"])


def _row_values(row: Row) -> dict[str, Any]:
    numbers: Any = row.numbers.get(None) or {domain: number for domain, number in row.numbers.items()}
    return {
        "key": row.key,
        "numbers": numbers,
        "role": row.role,
        "confidence": row.confidence,
        "labels": dict(row.labels),
    }


class _Reader:
    """Reads one document and keeps every fault it meets."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def layout(self, document: Any) -> Layout | None:
        if not isinstance(document, dict):
            self._fault("wrong-type", self.file, name="layout")
            return None
        sections = document.get("sections")
        if not isinstance(sections, list):
            self._fault("missing", self.file, name="sections")
            sections = []
        read = [self._section(each, f"{self.file}: sections[{place}]") for place, each in enumerate(sections)]
        self._once([section.code for section in read], self.file, "section")
        return Layout(
            self._text(document, "code", self.file),
            self._languages(document, "titles", self.file),
            self._value(document, "confidence", Confidence, self.file),
            self._text(document, "source", self.file),
            tuple(read),
        )

    def _section(self, values: Any, where: str) -> Section:
        values = self._object(values, where)
        code = self._text(values, "code", where)
        where = f"{self.file}: {code or where}"
        if code and code not in SECTION_CODES:
            self._fault("unknown-value", where, name="code", value=code, known=", ".join(SECTION_CODES))
        shape = self._value(values, "shape", Shape, where)
        rows = values.get("rows")
        if not isinstance(rows, list) or not rows:
            self._fault("missing", where, name="rows")
            rows = []
        read = [self._row(each, code, shape, f"{where}, rows[{place}]") for place, each in enumerate(rows)]
        self._once([row.key for row in read], where, "row")
        for domain in (*Domain, None):
            self._once([row.numbers[domain] for row in read if domain in row.numbers], where, "number")
        return Section(
            code,
            shape,
            self._languages(values, "titles", where),
            self._languages(values, "short_titles", where),
            self._value(values, "confidence", Confidence, where),
            tuple(read),
        )

    def _row(self, values: Any, section: str, shape: Shape, where: str) -> Row:
        values = self._object(values, where)
        key = self._text(values, "key", where)
        where = f"{where} ({key})" if key else where
        return Row(
            key,
            section,
            self._languages(values, "labels", where),
            self._value(values, "role", Role, where),
            self._value(values, "confidence", Confidence, where),
            self._numbers(values, shape, where),
        )

    def _numbers(self, values: Mapping[str, Any], shape: Shape, where: str) -> dict[Domain | None, str]:
        if shape is not Shape.TABLES:
            return {None: self._text(values, "numbers", where)}
        numbers = values.get("numbers")
        if not isinstance(numbers, dict) or not numbers:
            self._fault("missing", where, name="numbers")
            return {}
        found: dict[Domain | None, str] = {}
        for domain in numbers:
            if domain not in list(Domain):
                self._fault("unknown-value", where, name="numbers", value=str(domain), known=", ".join(Domain))
            else:
                found[Domain(domain)] = self._text(numbers, domain, where)
        return found

    def _object(self, values: Any, where: str) -> dict[str, Any]:
        if isinstance(values, dict):
            return values
        self._fault("wrong-type", where, name="entry")
        return {}

    def _text(self, values: Mapping[str, Any], name: str, where: str) -> str:
        value = values.get(name)
        if value is None or value == "":
            self._fault("missing", where, name=name)
        elif not isinstance(value, str):
            self._fault("wrong-type", where, name=name)
        elif value.strip():
            return value
        else:
            self._fault("missing", where, name=name)
        return ""

    def _languages(self, values: Mapping[str, Any], name: str, where: str) -> dict[str, str]:
        texts = values.get(name)
        if not isinstance(texts, dict):
            self._fault("missing", where, name=name)
            return {}
        for code in CODES:
            if not isinstance(texts.get(code), str) or not texts[code].strip():
                self._fault("missing-language", where, name=name, language=code)
        for code in texts:
            if code not in CODES:
                self._fault("unknown-value", where, name=name, value=str(code), known=", ".join(CODES))
        return {code: texts[code] for code in CODES if isinstance(texts.get(code), str)}

    def _value(self, values: Mapping[str, Any], name: str, kind: type[E], where: str) -> E:
        value = values.get(name)
        for known in kind:
            if value == known.value:
                return known
        if value is None:
            self._fault("missing", where, name=name)
        else:
            self._fault("unknown-value", where, name=name, value=str(value), known=", ".join(kind))
        return next(iter(kind))

    def _once(self, values: Sequence[str], where: str, name: str) -> None:
        for place, value in enumerate(values):
            if value and value in values[:place]:
                self._fault("duplicate", where, name=name, value=value)

    def _fault(self, code: str, where: str, **params: str) -> None:
        self.problems.append(Problem(code, where, params))
