import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.foundation.search_text import normalise


@pytest.mark.parametrize(
    "written,also",
    [
        ("Côte d’Ivoire", "cote d’ivoire"),
        ("ESPAÑA", "espana"),
        ("Российская Федерация", "российская федерация"),
        ("أفغانستان", "افغانستان"),
        ("سنغافورة", "سنغافوره"),
        ("ＦＲＡ", "fra"),
        ("  新加坡 ", "新加坡"),
        ("ёлка", "елка"),
        ("straße", "STRASSE"),
    ],
)
def test_spellings_meet(written: str, also: str) -> None:
    assert normalise(written) == normalise(also)


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


def test_different_names_stay_different() -> None:
    assert normalise("Niger") != normalise("Nigeria")
    assert normalise("نيجيريا") != normalise("النيجر")
