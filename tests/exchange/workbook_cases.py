"""A small layout in six languages, matrices over it, and ways to alter a workbook as people and attackers do."""

import datetime
import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from openpyxl import load_workbook

from cpi1540.exchange.matrix_in_xlsx import read_matrix_file
from cpi1540.exchange.matrix_out_xlsx import write_matrix
from cpi1540.exchange.proposal import AskRecord, Proposal
from cpi1540.exchange.wording import Wording
from cpi1540.exchange.workbook_head import WorkbookHead
from cpi1540.foundation.messages import Sentence
from cpi1540.locales import CODES
from cpi1540.matrix.layout import Confidence, Domain, Layout, Role, Row, Section, Shape
from cpi1540.matrix.record import (
    Basis,
    Code,
    Entry,
    Handling,
    Matrix,
    Origin,
    Source,
    Statement,
    Status,
    Version,
)

MADE = datetime.datetime(2026, 11, 24, 9, tzinfo=datetime.UTC)
TITLES = {code: f"Penal Code ({code})" for code in CODES} | {"ar": "قانون العقوبات", "zh": "《刑法》"}


def in_six(text: str) -> dict[str, str]:
    return {code: text if code == "en" else f"{text} {code}" for code in CODES}


def row(section: str, key: str, numbers: Mapping[Domain | None, str]) -> Row:
    label = in_six(f"{section} {key} row")
    return Row(key, section, label, Role.COUNTED, Confidence.REMEMBERED, numbers)


def layout_of(code: str, more: tuple[Row, ...] = ()) -> Layout:
    every = dict.fromkeys(Domain, "1")
    sections = (
        ("op1", Shape.SINGLE, (row("op1", "npt", {None: "1"}), row("op1", "cwc", {None: "2"}), *more)),
        ("op2", Shape.DOMAINS, (row("op2", "make", {None: "1"}), row("op2", "finance", {None: "2"}))),
        ("op3ab", Shape.TABLES, (row("op3ab", "licensing", every), row("op3ab", "itdb", {Domain.NW: "2"}))),
    )
    return Layout(
        code,
        in_six("Small layout"),
        Confidence.SEEN,
        "made by hand",
        tuple(
            Section(name, shape, in_six(f"{name} title"), in_six(f"{name}: short"), Confidence.SEEN, rows)
            for name, shape, rows in sections
        ),
    )


SMALL = layout_of("small")
OTHER = layout_of("other", (row("op1", "bwc", {None: "3"}),))
VERSION = Version(
    1, "XAA", 3, "small", Origin.OFFICE, Status.DRAFT, Handling.RESTRICTED, True, datetime.date(2026, 11, 1)
)


def wording(code: str) -> Wording:
    """Other languages have their words marked, so that a word of a wrong language is not understood."""

    def say(told: Sentence | str) -> str:
        text = told if isinstance(told, str) else str(told)
        return text if code == "en" else f"{text}·{code}"

    def say_source(source: Source) -> str:
        title = TITLES[code] if source.measure else ""
        statement = f"Party ({code})." if source.statement else ""
        return ", ".join(part for part in (title, source.pinpoint, source.text, statement) if part)

    return Wording(code, say, say_source, datetime.date.isoformat)


def matrix(entries: Mapping[str, Entry] | None = None, layout: Layout = SMALL) -> Matrix:
    given = entries or {}
    version = replace(VERSION, layout=layout.code)
    return Matrix(version, {field.key: given.get(field.key, Entry()) for field in layout.fields})


SAMPLE = matrix(
    {
        "op1.npt": Entry(Code.FOUND, Basis.REFERENCE, (Source(statement=Statement("party")),)),
        "op1.cwc": Entry(Code.BLANK),
        "op2.make.nw.framework": Entry(
            Code.FOUND, Basis.REFERENCE, (Source(measure="XAA-M1", pinpoint="art. 5"),), "Page 3 of the report"
        ),
        "op2.make.cw.framework": Entry(Code.FOUND, Basis.ASSERTED, (Source("Report, page 4", "en"),)),
        "op2.make.bw.enforcement": Entry(Code.INCOMPLETE),
        "op3ab.licensing.nw.framework": Entry(
            Code.FOUND, None, (Source("Decree 1", "en"), Source("Two\nlines", "en", url="https://example.org/a"))
        ),
        "op3ab.itdb.nw.framework": Entry(Code.NOT_APPLICABLE),
    }
)


def written(of: Matrix = SAMPLE, code: str = "en", layout: Layout = SMALL) -> bytes:
    return write_matrix(of, layout, WorkbookHead("Aurelia", MADE, "Working document."), wording(code))


def ask(current: Matrix | None = SAMPLE, **changed: Any) -> AskRecord:
    asked = AskRecord(
        {"small": SMALL, "other": OTHER},
        {"XAA", "XAB"},
        lambda _state, _layout: current,
        wording,
        lambda measure: measure in ("XAA-M1", "XAA-M2"),
        practice=True,
        default_layout="small",
    )
    return replace(asked, **changed)


def read(data: bytes, current: Matrix | None = SAMPLE, **changed: Any) -> Proposal:
    return read_matrix_file(data, "file.xlsx", ask(current, **changed))


def edited(data: bytes, edit: Callable[[Any], object]) -> bytes:
    """The workbook after ``edit`` was done to it and a person saved it."""
    book = load_workbook(io.BytesIO(data))
    edit(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sheet_of(book: Any, section: str) -> Any:
    return next(sheet for sheet in book if sheet["A1"].value == f"cpi1540:{section}")


def cell(book: Any, row_key: str, column_key: str) -> Any:
    """The cell of a printed row and column, found by the hidden keys."""
    sheet = sheet_of(book, row_key.partition(".")[0])
    column = next(cell.column for cell in sheet[1] if cell.value == column_key)
    at = next(cell.row for cell in sheet["A"] if cell.value == row_key)
    return sheet.cell(at, column)


def put(row_key: str, column_key: str, value: object) -> Callable[[Any], None]:
    def edit(book: Any) -> None:
        found = cell(book, row_key, column_key)
        found.value = value
        if isinstance(value, str) and value.startswith("="):
            found.data_type = "f"

    return edit


def zip_edited(data: bytes, edit: Callable[[dict[str, bytes]], object]) -> bytes:
    """The container after ``edit`` was done to its parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = {name: container.read(name) for name in container.namelist()}
    edit(parts)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return target.getvalue()


def told(proposal: Proposal) -> list[tuple[str, str, str | None, str | None]]:
    return [(change.field, change.part.value, change.before, change.after) for change in proposal.changes]


def faults(proposal: Proposal) -> list[tuple[str, str]]:
    return [(problem.code, problem.where) for problem in proposal.problems]


_LETTERS = st.characters(exclude_categories=("Cs", "Cn"), exclude_characters="\x00")
_TEXTS = st.one_of(
    st.text(_LETTERS, max_size=30).filter(lambda text: "_x" not in text),  # openpyxl would not escape it
    st.sampled_from(
        ["NW: a\nCW: b", "=1+1", "'x", "+1", "↳ go on\n↳", "a\n\nb", "X\nY", "NW framework: x", "（法）：甲"]
    ),
)
SOURCES = st.one_of(
    st.builds(Source, text=_TEXTS),
    st.builds(Source, measure=st.sampled_from(["XAA-M1", "XAA-M2"]), pinpoint=st.sampled_from([None, "art. 5"])),
    st.builds(Source, text=_TEXTS, url=st.just("https://example.org/a?b=1")),
    st.just(Source(statement=Statement("party"))),
)


@st.composite
def entries(draw: Callable[[Any], Any]) -> Entry:
    code = draw(st.sampled_from([None, *Code]))
    basis = draw(st.sampled_from([None, *Basis])) if code is Code.FOUND else None
    sources = draw(st.lists(SOURCES, max_size=2))
    return Entry(code, basis, tuple(sources), draw(st.one_of(st.just(""), _TEXTS)))


@st.composite
def matrices(draw: Callable[[Any], Any]) -> Matrix:
    filled = draw(st.dictionaries(st.sampled_from([field.key for field in SMALL.fields]), entries(), max_size=8))
    return matrix(filled)
