"""Packs as files: the same bytes twice, and what they hold when they are opened again."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_cases import pack
from pptx import Presentation
from pptx.oxml.ns import qn

from cpi1540.briefing.charts.fonts import MissingGlyphs
from cpi1540.briefing.packs import fitting, typefaces_pdf
from cpi1540.briefing.packs.deck_pptx import write_deck
from cpi1540.briefing.packs.master_pptx import plain_master
from cpi1540.briefing.packs.pack import Column, Pack, Table
from cpi1540.briefing.packs.pack_docx import write_document
from cpi1540.briefing.packs.pack_pdf import write_paper
from cpi1540.briefing.packs.same_bytes import settled

CODES = ("en", "ar", "zh", "ru")


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> typefaces_pdf.Faces:
    return typefaces_pdf.load(tmp_path_factory.mktemp("faces"))


@pytest.fixture(params=["pptx", "docx", "pdf"])
def write(request: pytest.FixtureRequest, faces: typefaces_pdf.Faces) -> Callable[[Pack], bytes]:
    writers: dict[str, Callable[[Pack], bytes]] = {
        "pptx": write_deck,
        "docx": write_document,
        "pdf": lambda made: write_paper(made, faces),
    }
    return writers[request.param]


@pytest.mark.parametrize("code", CODES)
def test_bytes_are_equal_over_two_runs(code: str, write: Callable[[Pack], bytes]) -> None:
    assert write(pack(code)) == write(pack(code))


def test_no_part_tells_when_it_was_written() -> None:
    for content in (write_deck(pack()), write_document(pack())):
        assert dates_inside(content) == {(1980, 1, 1, 0, 0, 0)}
        assert moments_inside(content) == {"2026-11-24T12:00:00Z"}
    # The workbook in a chart is a container too: it was looked into.
    with zipfile.ZipFile(io.BytesIO(write_deck(pack()))) as deck:
        assert any(name.endswith(".xlsx") for name in deck.namelist())


def dates_inside(content: bytes) -> set[tuple[int, ...]]:
    found: set[tuple[int, ...]] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        for entry in container.infolist():
            found.add(entry.date_time)
            if entry.filename.endswith(".xlsx"):
                found |= dates_inside(container.read(entry))
    return found


def moments_inside(content: bytes) -> set[str]:
    found: set[str] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as container:
        for name in container.namelist():
            if name.endswith(".xlsx"):
                found |= moments_inside(container.read(name))
            elif name == "docProps/core.xml":
                found |= set(re.findall(r">([^<]*)</dcterms:", container.read(name).decode()))
    return found


def test_a_settled_container_is_settled_already() -> None:
    once = write_deck(pack())
    assert settled(once, pack().made_at) == once


def texts(slide: Any) -> str:
    return "\n".join(paragraph.text for shape in slide.shapes if shape.has_text_frame
                     for paragraph in shape.text_frame.paragraphs)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_every_slide_says_what_it_is(code: str) -> None:
    made = pack(code)
    deck = Presentation(io.BytesIO(write_deck(made)))
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[:2] == [made.title, made.pages[0].title]
    for slide in deck.slides:
        said = texts(slide)
        for each in (made.foot.identifier, made.foot.as_of, made.foot.practice, *made.foot.notices):
            assert each in said
        assert made.foot.identifier in slide.notes_slide.notes_text_frame.text
        assert not [shape for shape in slide.placeholders if not shape.text_frame.text]
    assert "Source: the practice record." in deck.slides[1].notes_slide.notes_text_frame.text


def test_figures_stand_in_a_native_chart_and_in_its_workbook() -> None:
    deck = Presentation(io.BytesIO(write_deck(pack())))
    (frame,) = (shape for shape in deck.slides[1].shapes if shape.has_chart)
    plot = frame.chart.plots[0]
    assert list(plot.categories) == ["OP 2", "OP 3 (a) (b)", "OP 1 (no figure)"]
    low, to_point, from_point, no_point = (tuple(series.values) for series in plot.series)
    assert low == (0.575, 0.1, None)
    assert to_point[0] == pytest.approx(0.7083333333333334 - 0.575)
    assert from_point[0] == pytest.approx(0.8 - 0.7083333333333334)
    assert to_point[1:] == from_point[1:] == (None, None)
    assert no_point == (None, pytest.approx(0.8), None)
    assert "OP 3 (a) (b): low 0.10, high 0.90" in frame._element.nvGraphicFramePr.cNvPr.get("descr")
    book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
    assert book.active["B2"].value == 0.575


def test_tables_are_native_and_whole() -> None:
    made = pack(rows=40)
    deck = Presentation(io.BytesIO(write_deck(made)))
    tables = [shape.table for slide in deck.slides for shape in slide.shapes if shape.has_table]
    cells = [[cell.text for cell in row.cells] for each in tables[1:] for row in list(each.rows)[1:]]
    wanted = made.pages[2].blocks[1]
    assert isinstance(wanted, Table)
    assert [tuple(row) for row in cells] == list(wanted.rows)
    assert all([cell.text for cell in each.rows[0].cells] == ["Morwezi", "Reviewed", "X"] for each in tables)


def test_arabic_slides_run_from_the_right() -> None:
    deck = Presentation(io.BytesIO(write_deck(pack("ar"))))
    slide = deck.slides[1]
    (table,) = (shape.table for shape in slide.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[0].cells] == ["X", "تمت مراجعتها", "مورويزي"]
    # Reversed columns and the table's own mark together would turn it back.
    assert table._tbl.tblPr.get("rtl") is None
    for paragraph in slide.shapes.title._element.iter(qn("a:pPr")):
        assert (paragraph.get("rtl"), paragraph.get("algn")) == ("1", "r")
    (frame,) = (shape for shape in slide.shapes if shape.has_chart)
    assert frame.chart.value_axis.reverse_order
    english = Presentation(io.BytesIO(write_deck(pack("en")))).slides[1]
    assert not next(shape for shape in english.shapes if shape.has_chart).chart.value_axis.reverse_order


def test_pictures_are_said_aloud() -> None:
    deck = Presentation(io.BytesIO(write_deck(pack())))
    pictures = [shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == 13]
    assert [shape._element.nvPicPr.cNvPr.get("descr") for shape in pictures] == ["Morwezi: white"]
    document = docx.Document(io.BytesIO(write_document(pack())))
    drawn = document.element.body.iter("{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr")
    said = [each.get("descr") for each in drawn]
    assert len(said) == 3
    assert said[-1] == "Morwezi: white"
    assert all(said)


def test_the_offices_master_is_used() -> None:
    own = plain_master().deck
    own.slides.add_slide(own.slide_layouts[1])
    own.slide_layouts[0].name = "Office"
    file = io.BytesIO()
    own.save(file)
    deck = Presentation(io.BytesIO(write_deck(pack(), file.getvalue())))
    assert deck.slides[0].slide_layout.name == "Office"
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert [title for title in titles if "continued" not in title] == [
        pack().title,
        *(page.title for page in pack().pages),
    ]
    assert write_deck(pack(), file.getvalue()) == write_deck(pack(), file.getvalue())


def test_a_document_holds_all_texts() -> None:
    made = pack("ar")
    document = docx.Document(io.BytesIO(write_document(made)))
    said = "\n".join(paragraph.text for paragraph in document.paragraphs)
    for page in made.pages:
        for each in (page.title, *page.facts, *page.notes):
            assert each in said
    assert len(document.tables) == 2
    assert document.tables[0]._tbl.tblPr.find("{*}bidiVisual") is not None
    foot = "\n".join(paragraph.text for paragraph in document.sections[0].footer.paragraphs)
    assert made.foot.identifier in foot
    assert "Not a measure of compliance." in foot
    with zipfile.ZipFile(io.BytesIO(write_document(made))) as container:
        assert sum(name.startswith("word/charts/chart") for name in container.namelist()) == 2
        assert sum(name.startswith("word/embeddings/") for name in container.namelist()) == 2


def test_the_offices_template_keeps_its_head(tmp_path: Path) -> None:
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "The office"
    own.add_paragraph("An example to be taken away")
    file = io.BytesIO()
    own.save(file)
    document = docx.Document(io.BytesIO(write_document(pack(), file.getvalue())))
    assert document.sections[0].header.paragraphs[0].text == "The office"
    assert "example" not in "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Practice data." in "\n".join(paragraph.text for paragraph in document.sections[0].header.paragraphs)


def test_a_letter_that_no_face_has_is_refused_by_name(faces: typefaces_pdf.Faces) -> None:
    with pytest.raises(MissingGlyphs, match=r"ก \(U\+0E01\)"):
        faces.runs("Morwezi ก", "en")
    assert [run.face for run in faces.runs("Morwezi 莫尔韦齐 مورويزي", "en")] == ["plex", "chinese", "arabic"]
    assert "".join(run.text for run in faces.runs("a 中 b", "ar")) == "a 中 b"


WORDS = st.lists(st.text("abcWé الفقرة第段 ", min_size=1, max_size=20), max_size=8).map(" ".join)


@given(text=WORDS, room=st.integers(20, 400), size=st.sampled_from([9.0, 12.0]))
def test_more_room_never_takes_more_lines(text: str, room: int, size: float) -> None:
    narrow, wide = fitting.lines_of(text, size, room), fitting.lines_of(text, size, room * 2)
    assert 1 <= wide <= narrow
    assert narrow * room >= fitting.width_of(text.replace(" ", ""), size) - 1e-6


@given(heights=st.lists(st.integers(5, 60), max_size=40), first=st.integers(0, 200))
def test_every_row_stands_on_one_page_in_its_order(heights: list[int], first: int) -> None:
    pages = fitting.pages_of_rows(heights, 10, first, 200)
    assert [row for start, end in pages for row in range(start, end)] == list(range(len(heights)))
    for place, (start, end) in enumerate(pages):
        free = first if place == 0 else 200
        assert end - start <= 1 or 10 + sum(heights[start:end]) <= free


@given(shares=st.lists(st.integers(1, 5), min_size=1, max_size=6), room=st.integers(300, 900))
def test_columns_take_the_whole_width(shares: list[int], room: int) -> None:
    columns = tuple(Column("Reviewed", share) for share in shares)
    widths = fitting.column_widths(Table("t", columns, (("word",) * len(shares),)), room, 10, 6)
    assert sum(widths) == pytest.approx(room)
    assert min(widths) > 0
