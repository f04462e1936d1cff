import pytest

from cpi1540.exchange.code_spelling import CHOICES, SPELLINGS, is_code, read_code, spell
from cpi1540.matrix.record import Basis, Code, Entry


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        *[(text, "X") for text in ("x", "X", " x ", "Х", "х", "ｘ", "Ｘ", "×", "✓", "✔", "Yes", "OUI", "Sí", "да", "是", "نعم")],
        *[(text, "X*") for text in ("x*", "X *", "Х*", "X＊")],
        *[(text, "?") for text in ("?", "？", "؟", " ? ")],
        *[(text, "NA") for text in ("NA", "na", "N/A", "n.a.", "Ｎ／Ａ", "N.A", "NА", "不适用", "غير منطبق", "sans objet")],
        *[(text, "–") for text in ("-", "–", "—", "−", "blank")],
        *[(text, "") for text in ("", "  ", "\u200f", "\u00a0")],
    ],
)  # fmt: skip
def test_spellings_with_a_certain_meaning_are_understood(text: str, spelling: str) -> None:
    assert read_code(text) == spelling


@pytest.mark.parametrize("text", ["no", "✗", "☒", "1", "0", "X?", "XX", "FALSE", "maybe", "n", "Law 5", "НА"])
def test_what_may_mean_several_things_is_no_code(text: str) -> None:
    assert read_code(text) is None


def test_every_code_and_basis_has_a_spelling_of_its_own() -> None:
    for code in (None, *Code):
        for basis in Basis if code is Code.FOUND else (None,):
            standing = SPELLINGS[spell(Entry(code, basis))]
            assert (standing.code, standing.basis) == (code, basis)
    assert all(read_code(spelling) == spelling for spelling in CHOICES)


def test_a_code_among_texts_is_noticed_but_a_word_is_not() -> None:
    assert is_code("X")
    assert is_code("?")
    assert not is_code("")
    assert not is_code("-")
    assert not is_code("Yes, by law")
