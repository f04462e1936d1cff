"""Texts compared word by word: nothing is lost, and what changed is what is marked."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.matrix.word_differences import MOST_TOKENS, Segment, compare

# Few words, so that two texts have much in common.
words = st.lists(st.sampled_from(["law", "Act", " ", "\n", ", ", "许可", "证", "قانون", "é", "2011", "́"]), max_size=40)
texts = st.one_of(words.map("".join), st.text(max_size=60))


def marked(before: str, after: str) -> str:
    signs = {"same": "{}", "removed": "[-{}]", "added": "[+{}]"}
    return "".join(signs[part.kind].format(part.text) for part in compare(before, after))


@given(texts, texts)
def test_nothing_is_lost(before: str, after: str) -> None:
    found = compare(before, after)
    assert "".join(part.text for part in found if part.kind != "added") == before
    assert "".join(part.text for part in found if part.kind != "removed") == after
    assert all(part.text and part.kind in ("same", "removed", "added") for part in found)
    assert all(one.kind != other.kind for one, other in pairwise(found))


@given(texts)
def test_equal_texts_are_the_same(text: str) -> None:
    assert compare(text, text) == ((Segment("same", text),) if text else ())


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("", "new", "[+new]"),
        ("old", "", "[-old]"),
        ("Export Act, art. 5", "Export Act, art. 12", "Export Act, art. [-5][+12]"),
        ("The old law applies.", "The law applies.", "The [-old ]law applies."),
        ("one big law", "one small act", "one [-big law][+small act]"),
        ("prevent", "preventive", "[-prevent][+preventive]"),
        ("出口许可证制度", "出口管制制度", "出口[-许可证][+管制]制度"),
        ("第9条规定", "第31条规定", "第[-9][+31]条规定"),
        ("المادة 5 من القانون", "المادة 7 من القانون", "المادة [-5][+7] من القانون"),
        ("قانونٌ نافذ", "قانون نافذ", "[-قانونٌ][+قانون] نافذ"),
        ("Закон о контроле", "Закон об экспортном контроле", "Закон [-о][+об экспортном] контроле"),
    ],
)
def test_what_changed_is_marked(before: str, after: str, shown: str) -> None:
    assert marked(before, after) == shown


def test_long_texts_are_compared_by_paragraphs() -> None:
    lines = [f"Paragraph {n} says that goods need a licence.\n" for n in range(900)]
    before, after = "".join(lines), "".join([*lines[:450], "Paragraph 450 is another.\n", *lines[451:]])
    assert [(part.kind, part.text) for part in compare(before, after)][1:3] == [
        ("removed", lines[450]),
        ("added", "Paragraph 450 is another.\n"),
    ]


@pytest.mark.parametrize("unit", ["a ", "a\n", "a"])
def test_the_worst_texts_come_back_too(unit: str) -> None:
    size = MOST_TOKENS // 2
    before = "".join(unit + "x " * (n % 3) for n in range(size))
    after = "".join("b " * (n % 2) + unit for n in range(size * (20 if unit == "a\n" else 1)))
    found = compare(before, after)
    assert "".join(part.text for part in found if part.kind != "added") == before
    assert "".join(part.text for part in found if part.kind != "removed") == after
