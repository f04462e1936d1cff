"""Rows on pages, columns beside each other and the parts of one chart: what no program measures beforehand."""

import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pack_cases import pack
from pptx import Presentation
from pptx.oxml.ns import qn

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.deck_pptx import write_deck
from cpi1540.briefing.packs.pack import Column, CountChart, Table

ROOM, HEAD = 200.0, 20.0


def table(*aligned: str, rows: int = 1) -> Table:
    columns = tuple(Column("h", 1, align) for align in aligned)  # type: ignore[arg-type]
    return Table("t", columns, (("x",) * len(aligned),) * rows)


@given(n=st.integers(1, 60), height=st.integers(10, 60))
def test_equal_rows_fill_their_pages_evenly(n: int, height: int) -> None:
    pages = fitting.pages_of_rows([height] * n, HEAD, ROOM, ROOM)
    counts = [end - start for start, end in pages]
    most = int((ROOM - HEAD) // height)
    assert len(pages) == -(-n // most)
    assert max(counts) - min(counts) <= len(pages)
    assert min(counts) >= 1


@given(groups=st.lists(st.integers(1, 4), min_size=1, max_size=20))
def test_lines_of_one_row_stand_on_one_page(groups: list[int]) -> None:
    starts = {sum(groups[:place]) for place in range(len(groups))}
    n = sum(groups)
    pages = fitting.pages_of_rows([30.0] * n, HEAD, ROOM, ROOM, frozenset(range(n)) - starts)
    assert {start for start, _end in pages} <= starts
    assert [row for start, end in pages for row in range(start, end)] == list(range(n))


def test_numbers_never_touch_the_texts_beside_them() -> None:
    mixed = table("start", "number", "start", "number")
    assert [lead > 0 for lead in fitting.leads(mixed, mirrored=False)] == [False, False, True, False]
    assert [lead > 0 for lead in fitting.leads(mixed, mirrored=True)] == [False, True, False, True]
    assert fitting.leads(table("start", "start", "middle"), mirrored=False) == (0.0, 0.0, 0.0)


def test_on_paper_a_short_table_is_not_broken_and_no_row_stands_alone() -> None:
    assert fitting.kept_together(table("start", rows=5)) == {1, 2, 3, 4}
    assert fitting.kept_together(table("start", rows=30)) == {1, 28, 29}
    assert fitting.kept_together(replace(table("start", rows=30), follows=frozenset({7}))) == {1, 7, 28, 29}


def test_a_title_of_two_lines_keeps_numbers_dates_and_its_last_words_together() -> None:
    assert fitting.tied("in 466 more fields than on 24 November 2024").replace("\u00a0", "_") == (
        "in 466_more fields than on 24_November_2024"
    )
    assert fitting.tied("gaps: Export control act").replace("\u00a0", "_") == "gaps: Export control_act"


def test_what_must_not_be_broken_is_as_wide_as_it_is() -> None:
    date = "24\u00a0November\u00a02026"
    wide = Table("t", (Column("a", 5), Column("b", 1)), (("x", date),))
    widths = fitting.column_widths(wide, 400, 10, 6)
    assert widths[1] >= fitting.width_of(date, 10)


def test_chinese_beside_digits_and_bold_arabic_take_more_room() -> None:
    assert fitting.width_of("至2026年", 10) == pytest.approx(20 + 4 * 5.6 + 5)
    assert fitting.width_of("المستعرضة", 10, bold=True) > fitting.width_of("المستعرضة", 10) * 1.15
    assert fitting.lines_of("每个已审阅国家的平均数", 10, 55) == 3


def test_parts_of_a_chart_have_one_scale_and_one_room_for_their_labels() -> None:
    labels = ("Short", "A label that is rather longer than others")
    parts = tuple(
        CountChart("Gaps", (label,), ("Gaps",), ((value,),), beside=labels, most=700)
        for label, value in zip(labels, (30, 700), strict=True)
    )
    made = pack()
    deck = Presentation(io.BytesIO(write_deck(replace(made, pages=(replace(made.pages[0], blocks=parts),)))))
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert {frame.chart.value_axis.maximum_scale for frame in frames} == {784}
    rooms = {frame.chart._chartSpace.find(f".//{qn('c:manualLayout')}/{qn('c:x')}").get("val") for frame in frames}
    assert len(frames) == 2
    assert len(rooms) == 1
    skips = [frame.chart._chartSpace.find(f".//{qn('c:tickLblSkip')}").get("val") for frame in frames]
    assert skips == ["1", "1"]


@pytest.mark.parametrize("code", ["en", "ar", "zh"])
def test_the_foot_ends_at_the_same_place_on_every_slide(code: str) -> None:
    deck = Presentation(io.BytesIO(write_deck(pack(code))))
    ends = {shape.top + shape.height for slide in deck.slides for shape in slide.shapes if shape.name == "foot"}
    assert len(ends) == 1
    assert deck.slide_height - ends.pop() == 8 * 12700


def test_a_long_title_keeps_to_the_place_that_the_offices_master_has_for_it() -> None:
    own = io.BytesIO()
    Presentation().save(own)
    made = pack()
    long = replace(made.pages[0], title="Measures are recorded in 121 of 308 applicable fields, as told at length")
    short = replace(made.pages[0], title="Coverage")
    deck = Presentation(io.BytesIO(write_deck(replace(made, pages=(long, short)), own.getvalue())))
    sizes = [slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size for slide in deck.slides]
    # The library's own master has titles of 44 points, with room for one line of them.
    assert [size and size.pt for size in sizes] == [None, 32.0, None]


@given(heights=st.lists(st.sampled_from([24, 39]), min_size=1, max_size=48), size=st.integers(1, 6))
def test_rows_that_one_page_can_hold_are_not_torn_for_even_pages(heights: list[int], size: int) -> None:
    follows = frozenset(row for row in range(len(heights)) if row % size)
    pages = fitting.pages_of_rows(heights, 40, 330, 330, follows)
    assert all(start % size == 0 for start, _end in pages)


@pytest.mark.parametrize(("n", "together"), [(1, set()), (2, {1}), (3, {1, 2}), (30, {1, 28, 29})])
def test_no_row_of_a_long_table_stands_alone(n: int, together: set[int]) -> None:
    table = Table("t", (Column("State", 1),), tuple((f"row {row}",) for row in range(n)))
    assert fitting.kept_together(table, short=False) == together
