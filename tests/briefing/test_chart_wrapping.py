"""Where lines end."""

from hypothesis import given
from hypothesis import strategies as st

from cpi1540.briefing.charts.wrapping import wrap

WORDS = st.lists(st.text("abcé،الفقرة第段（）。，12", min_size=1, max_size=12), max_size=12).map(" ".join)


@given(text=WORDS, width=st.integers(1, 40), indent=st.integers(0, 50))
def test_nothing_is_lost_and_lines_fit(text: str, width: int, indent: int) -> None:
    lines = wrap(text, width, len, indent)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(len(line) <= max(width, 1) for line in lines)
    assert len(lines[0]) <= max(width - indent, 0) or (len(lines[0]) <= width and indent == 0)
    assert all(line == line.rstrip(" ") for line in lines)


def test_words_stay_whole() -> None:
    assert wrap("one two three", 7, len) == ["one two", "three"]
    assert wrap("one two three", 7, len, indent=4) == ["one", "two", "three"]
    assert wrap("one two", 7, len, indent=6) == ["", "one two"]


def test_a_word_wider_than_a_line_is_broken() -> None:
    assert wrap("abcdefgh ij", 3, len) == ["abc", "def", "gh", "ij"]


def test_a_broken_word_ends_at_its_hyphen() -> None:
    assert wrap("Nouvelle-Guinée", 12, len) == ["Nouvelle-", "Guinée"]
    assert wrap("a-bcdefghij", 6, len) == ["a-", "bcdefg", "hij"]


def test_chinese_breaks_between_characters_but_not_before_its_punctuation() -> None:
    assert wrap("第三段，第四段。", 4, len) == ["第三段，", "第四段。"]
    assert wrap("第三段，第四段。", 3, len) == ["第三", "段，第", "四段。"]
    assert wrap("甲（乙丙）", 2, len) == ["甲", "（乙", "丙）"]


def test_a_number_stays_with_its_chinese_word_and_words_of_the_charts_stay_whole() -> None:
    assert wrap("抽样中有90次覆盖", 6, len) == ["抽样中有", "90次覆盖"]
    assert wrap("甲乙丙字段", 4, len) == ["甲乙丙", "字段"]
    assert wrap("字段", 1, len) == ["字", "段"]


def test_a_day_stays_with_its_month_where_that_leaves_room() -> None:
    text = "the coverage as it rises from 24 November 2018 on"
    assert wrap(text, 33, len) == ["the coverage as it rises from", "24 November 2018 on"]
    assert wrap("as of 24 November", 12, len) == ["as of 24", "November"]


def test_nothing_is_one_empty_line() -> None:
    assert wrap("", 10, len) == [""]
