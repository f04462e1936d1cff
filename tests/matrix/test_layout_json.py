"""Reading a layout's file: every fault is found and named, and what is written can be read back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540 import locales, paths
from cpi1540.matrix.layout import SECTION_CODES, Confidence, Domain, Layout, Role, Row, Section, Shape
from cpi1540.matrix.layout_json import (
    LAYOUT_PROBLEMS,
    SHAPES_OF,
    LayoutFaults,
    dump_layout,
    parse_layout,
    problem_sentence,
)

Document = dict[str, Any]


def texts(english: str) -> dict[str, str]:
    return {code: f"{english} {code}" for code in locales.CODES}


def row(key: str, numbers: object) -> Document:
    return {
        "key": key,
        "numbers": numbers,
        "role": "counted",
        "confidence": "seen",
        "labels": texts(key),
    }


def section(code: str, shape: str, *rows: Document) -> Document:
    return {
        "code": code,
        "shape": shape,
        "titles": texts("Title"),
        "short_titles": texts("Short"),
        "confidence": "remembered",
        "rows": list(rows),
    }


def document() -> Document:
    return {
        "code": "2030",
        "titles": texts("Layout"),
        "confidence": "remembered",
        "source": "A copy",
        "sections": [
            section("op1", "single", row("npt", "1"), row("cwc", "2")),
            section("op2", "domains", row("manufacture", "1")),
            section("op3ab", "tables", row("licensing", {"nw": "1", "bw": "1"}), row("other", {"nw": "2"})),
        ],
    }


def faults(text: str) -> list[tuple[str, str]]:
    with pytest.raises(LayoutFaults) as refused:
        parse_layout(text, "new.json")
    return [(problem.code, problem.where) for problem in refused.value.problems]


def test_a_sound_file_becomes_a_layout() -> None:
    layout = parse_layout(json.dumps(document()), "new.json")
    assert [field.key for field in layout.fields[:3]] == [
        "op1.npt",
        "op1.cwc",
        "op2.manufacture.nw.framework",
    ]
    assert layout.section("op3ab").rows[0].numbers == {Domain.NW: "1", Domain.BW: "1"}
    assert (layout.code, layout.source, layout.confidence) == ("2030", "A copy", Confidence.REMEMBERED)
    assert len(layout.fields) == 2 + 6 + 6


def test_a_byte_order_mark_is_no_fault() -> None:
    assert parse_layout("\ufeff" + json.dumps(document()), "new.json").code == "2030"


def test_what_is_not_json_names_line_and_column() -> None:
    with pytest.raises(LayoutFaults) as refused:
        parse_layout('{"code": "2030",\n oops}', "new.json")
    assert str(refused.value) == "new.json is not a layout: it has 1 fault. new.json is not JSON: line 2, column 2."
    assert refused.value.file == "new.json"


@pytest.mark.parametrize("text", ["[" * 100_000, f'{{"code": {"9" * 5000}}}'], ids=["deep", "long number"])
def test_a_hostile_file_is_refused_not_followed(text: str) -> None:
    assert faults(text) == [("not-readable", "new.json")]


Change = Callable[[Document], object]


def put(*path: str | int, value: object) -> Change:
    def change(found: Any) -> None:
        for step in path[:-1]:
            found = found[step]
        found[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    def change(found: Any) -> None:
        for step in path[:-1]:
            found = found[step]
        del found[path[-1]]

    return change


R = ("sections", 0, "rows", 1)
T = ("sections", 2, "rows", 1)


@pytest.mark.parametrize(
    ("change", "code", "where"),
    [
        (drop("source"), "missing", "new.json"),
        (put("source", value="  "), "blank", "new.json: source"),
        (put("source", value=["a"]), "not-text", "new.json: source"),
        (put("source", value="a\x00b"), "control-character", "new.json: source"),
        (put("source", value="a\ud800"), "control-character", "new.json: source"),
        (put("sources", value="a"), "unknown-member", "new.json"),
        (put("code", value="20 30"), "bad-key", "new.json: code"),
        (put("code", value="2" * 41), "bad-key", "new.json: code"),
        (put("titles", value="Layout"), "not-an-object", "new.json: titles"),
        (drop("titles", "ru"), "missing-language", "new.json: titles"),
        (put("titles", "de", value="Fassung"), "unknown-language", "new.json: titles"),
        (put("confidence", value="sure"), "unknown-confidence", "new.json: confidence"),
        (put("sections", value=[]), "not-a-list", "new.json: sections"),
        (put("sections", value={}), "not-a-list", "new.json: sections"),
        (put("sections", 1, value=7), "not-an-object", "new.json: sections[1]"),
        (put("sections", 1, "code", value="op9"), "unknown-section", "new.json: sections[1].code"),
        (put("sections", 1, "code", value="op3ab"), "repeated-section", "new.json: sections[2]"),
        (put("sections", 1, "shape", value="round"), "unknown-shape", "new.json: sections[1].shape"),
        (put("sections", 1, "shape", value="single"), "wrong-shape", "new.json: sections[1].shape"),
        (
            put("sections", 1, "short_titles", "zh", value=""),
            "blank",
            "new.json: sections[1].short_titles.zh",
        ),
        (put("sections", 1, "confidence", value=""), "blank", "new.json: sections[1].confidence"),
        (put("sections", 1, "rows", value=[]), "not-a-list", "new.json: sections[1].rows"),
        (put(*R, value="cwc"), "not-an-object", "new.json: sections[0].rows[1]"),
        (put(*R, "key", value="npt"), "repeated-row", "new.json: sections[0].rows[1] (npt)"),
        (put(*R, "key", value="c.w.c"), "bad-key", "new.json: sections[0].rows[1].key"),
        (put(*R, "key", value="c" * 51), "bad-key", f"new.json: sections[0].rows[1].key ({'c' * 51})"),
        (drop(*R, "key"), "missing", "new.json: sections[0].rows[1]"),
        (drop(*R, "labels"), "missing", "new.json: sections[0].rows[1] (cwc)"),
        (put(*R, "labels", "ar", value=" "), "blank", "new.json: sections[0].rows[1].labels.ar (cwc)"),
        (drop(*R, "labels", "es"), "missing-language", "new.json: sections[0].rows[1].labels (cwc)"),
        (put(*R, "role", value="voluntary"), "unknown-role", "new.json: sections[0].rows[1].role (cwc)"),
        (put(*R, "numbers", value="1"), "repeated-number", "new.json: sections[0].rows[1].numbers (cwc)"),
        (put(*R, "numbers", value=""), "blank", "new.json: sections[0].rows[1].numbers (cwc)"),
        (put(*R, "numbers", value=2), "not-text", "new.json: sections[0].rows[1].numbers (cwc)"),
        (put(*R, "numbers", value={"nw": "2"}), "not-text", "new.json: sections[0].rows[1].numbers (cwc)"),
        (put(*T, "numbers", value="2"), "not-an-object", "new.json: sections[2].rows[1].numbers (other)"),
        (put(*T, "numbers", value={}), "no-domain", "new.json: sections[2].rows[1].numbers (other)"),
        (
            put(*T, "numbers", "rw", value="2"),
            "unknown-domain",
            "new.json: sections[2].rows[1].numbers (other)",
        ),
        (put(*T, "numbers", "bw", value=""), "blank", "new.json: sections[2].rows[1].numbers.bw (other)"),
        (
            put(*T, "numbers", "bw", value="1"),
            "repeated-number",
            "new.json: sections[2].rows[1].numbers.bw (other)",
        ),
    ],
)
def test_each_fault_is_named_where_it_stands(change: Change, code: str, where: str) -> None:
    broken = document()
    change(broken)
    assert faults(json.dumps(broken)) == [(code, where)]


@pytest.mark.parametrize("value", [None, [], "layout", 3, True])
def test_a_file_that_is_no_object_has_one_fault(value: object) -> None:
    assert faults(json.dumps(value)) == [("not-an-object", "new.json")]


def test_a_member_that_stands_twice_is_a_fault() -> None:
    twice = json.dumps(document()).replace('"source"', '"code": "2031", "source"', 1)
    assert faults(twice) == [("repeated-member", "new.json")]


def test_all_faults_are_told_not_the_first_alone() -> None:
    broken = document()
    del broken["sections"][0]["rows"][0]["labels"]["fr"]
    broken["sections"][0]["rows"][1]["labels"]["ar"] = ""
    broken["sections"][2]["rows"][0]["role"] = "optional"
    broken["sections"][1]["shape"] = "round"
    assert faults(json.dumps(broken)) == [
        ("missing-language", "new.json: sections[0].rows[0].labels (npt)"),
        ("blank", "new.json: sections[0].rows[1].labels.ar (cwc)"),
        ("unknown-shape", "new.json: sections[1].shape"),
        ("unknown-role", "new.json: sections[2].rows[0].role (licensing)"),
    ]
    with pytest.raises(LayoutFaults) as refused:
        parse_layout(json.dumps(broken), "new.json")
    assert str(refused.value) == (
        "new.json is not a layout: it has 4 faults. The first: "
        "new.json: sections[0].rows[0].labels (npt): the text in “fr” is missing."
    )


def test_a_fault_says_what_was_found_and_what_is_known() -> None:
    broken = document()
    broken["sections"][2]["rows"][0]["role"] = "optional"
    with pytest.raises(LayoutFaults) as refused:
        parse_layout(json.dumps(broken), "new.json")
    assert str(problem_sentence(refused.value.problems[0])) == (
        "new.json: sections[2].rows[0].role (licensing): there is no role “optional”. Known are: counted, information."
    )


def test_a_long_value_is_shortened_in_its_sentence() -> None:
    broken = document()
    broken["code"] = "x " * 5000
    with pytest.raises(LayoutFaults) as refused:
        parse_layout(json.dumps(broken), "new.json")
    assert len(str(refused.value)) < 300


def test_every_sentence_says_where() -> None:
    assert all("%(where)s" in text for text in LAYOUT_PROBLEMS.values())


readable = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=12).filter(str.strip)
six = st.fixed_dictionaries(dict.fromkeys(locales.CODES, readable))
row_keys = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,2}", fullmatch=True)


@st.composite
def sections(draw: st.DrawFn, code: str) -> Section:
    shape = draw(st.sampled_from(SHAPES_OF[code]))
    keys = draw(st.lists(row_keys, min_size=1, max_size=4, unique=True))
    rows = []
    for place, key in enumerate(keys):
        domains = draw(st.sets(st.sampled_from(list(Domain)), min_size=1))
        tables: list[Domain | None] = [*domains] if shape is Shape.TABLES else [None]
        numbers = {table: f"{place + 1}{draw(st.sampled_from(['', ' bis', '.a']))}" for table in tables}
        role, confidence = draw(st.sampled_from(list(Role))), draw(st.sampled_from(list(Confidence)))
        rows.append(Row(key, code, draw(six), role, confidence, numbers))
    return Section(code, shape, draw(six), draw(six), draw(st.sampled_from(list(Confidence))), tuple(rows))


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    codes = draw(st.lists(st.sampled_from(SECTION_CODES), min_size=1, unique=True))
    confidence = draw(st.sampled_from(list(Confidence)))
    parts = tuple(draw(sections(code)) for code in codes)
    return Layout(draw(row_keys), draw(six), confidence, draw(readable), parts)


@given(layouts())
def test_what_is_written_reads_back_the_same(layout: Layout) -> None:
    assert parse_layout(dump_layout(layout), "copy.json") == layout


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["code", "rows", "numbers", "labels", "en", "nw", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.data())
def test_any_damage_is_a_fault_or_a_layout_never_another_error(data: st.DataObject) -> None:
    broken: Any = document()
    found = broken
    path: list[str | int] = []
    while isinstance(found, dict | list) and found and (not path or data.draw(st.booleans())):
        step = data.draw(st.sampled_from(sorted(found) if isinstance(found, dict) else range(len(found))))
        path.append(step)
        found = found[step]
    put(*path, value=data.draw(json_values))(broken)
    try:
        assert parse_layout(json.dumps(broken), "new.json").fields
    except LayoutFaults as refused:
        assert [str(problem_sentence(problem)) for problem in refused.problems]


@pytest.mark.parametrize("code", ["2013", "2017"])
def test_the_files_of_the_software_are_written_as_dump_layout_writes(code: str) -> None:
    text = (paths.SEED / "layouts" / f"{code}.json").read_text("utf-8")
    layout = parse_layout(text, f"{code}.json")
    assert layout.code == code
    assert dump_layout(layout) == text
