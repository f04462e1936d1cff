import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.exchange.cell_text import (
    CUT,
    Unled,
    compose,
    decompose,
    fold_leader,
    language_of,
    plain,
    read_source,
    source_text,
    token,
)
from cpi1540.matrix.record import Source

LEADERS = ("NW", "CW", "BW")
FIELDS = {fold_leader(leader): leader for leader in LEADERS}
LINES = st.lists(
    st.sampled_from(["a law", "NW: x", "CW", "", "↳", "BW：y", "NW, CW: z", "art. 5: b"]), min_size=1, max_size=4
)
TEXTS = st.lists(LINES.map(lambda lines: plain("\n".join(lines)).lstrip("↳ \n")).filter(bool), max_size=3)


@given(st.dictionaries(st.sampled_from(LEADERS), TEXTS, max_size=3))
def test_paragraphs_of_several_fields_come_back_as_they_were(texts: dict[str, list[str]]) -> None:
    texts = {leader: of_field for leader, of_field in texts.items() if of_field}
    assert decompose(compose(list(texts.items()), FIELDS), FIELDS) == texts


@given(TEXTS)
def test_lines_of_one_field_come_back_as_they_were(texts: list[str]) -> None:
    assert decompose(compose([(None, texts)]), None).get("", []) == texts


def test_one_paragraph_may_be_led_by_several_fields() -> None:
    told = decompose("NW, cw : Penal Code\nart. 5\n\nBW：Health Act", FIELDS)
    assert told == {"NW": ["Penal Code\nart. 5"], "CW": ["Penal Code\nart. 5"], "BW": ["Health Act"]}


def test_a_text_without_a_leader_is_not_given_to_a_field() -> None:
    with pytest.raises(Unled, match="Penal Code"):
        decompose("Penal Code\nNW: art. 5", FIELDS)


def test_a_colon_inside_a_text_is_no_leader() -> None:
    assert decompose("NW: Law 5: customs\n（法）：甲", FIELDS) == {"NW": ["Law 5: customs\n（法）：甲"]}


def test_what_a_cell_cannot_keep_is_left_out_on_both_sides() -> None:
    assert plain("a\x00\x0b\r\nb \u2028c\ufffe\t ") == "a\nb\nc"


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    told = compose([("NW", ["𝄞" * 20_000])])
    assert told.endswith(CUT)
    assert len(told.encode("utf-16-le")) // 2 < 32_767


def test_a_source_keeps_measure_pinpoint_and_address() -> None:
    def say(source: Source) -> str:
        return ", ".join(
            part for part in ("Penal Code" if source.measure else "", source.pinpoint, source.text) if part
        )

    cited = Source(measure="FRA-M12", pinpoint="art. 5", url="https://example.org/x")
    assert source_text(cited, say) == "Penal Code, art. 5 <https://example.org/x> [FRA-M12]"
    title_of = lambda _measure: "Penal Code"  # noqa: E731
    assert read_source(source_text(cited, say), {}, title_of) == cited
    assert read_source("art. 6 [FRA-M12]", {}, title_of) == Source(measure="FRA-M12", pinpoint="art. 6")
    assert read_source("Penal Code [FRA-M12]", {}, title_of) == Source(measure="FRA-M12")
    assert read_source("Report, page 4", {}, title_of) == Source("Report, page 4")


def test_an_unchanged_paragraph_stays_the_source_it_was() -> None:
    known = Source("Report", "fr", as_of=None)
    assert read_source("Report", {"Report": known}, str) is known


def test_the_language_of_a_new_text_is_told_only_where_the_script_agrees() -> None:
    assert language_of("Code pénal", "fr") == "fr"
    assert language_of("Code pénal", "ar") is None
    assert language_of("قانون 5", "en") == "ar"
    assert language_of("Закон 5", "en") == "ru"
    assert language_of("刑法", "en") == "zh"
    assert language_of("12", "en") is None


def test_a_token_tells_texts_apart_and_is_empty_for_none() -> None:
    assert token("") == ""
    assert token("a") != token("b")
    assert len(token("a")) == 12
