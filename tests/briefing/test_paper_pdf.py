"""Lines on paper: marks that steer the order of an Arabic line are heeded, and draw nothing themselves."""

import datetime
from collections.abc import Iterator

import pytest

from cpi1540.briefing.packs import typefaces_pdf
from cpi1540.briefing.packs.paper_pdf import Paper
from cpi1540.locales import LANGUAGES


class NotingPaper(Paper):
    """Notes what it draws, from the start of the line on."""

    def _draw(self, face: str, text: str, shaped: bool, left: float, *rest: object) -> None:
        self.drawn.append((-left, text))

    drawn: list[tuple[float, str]]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NotingPaper]:
    faces = typefaces_pdf.load(tmp_path_factory.mktemp("faces"))
    arabic = next(language for language in LANGUAGES if language.code == "ar")
    made_at = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
    made = NotingPaper(arabic, faces, 15, "t", made_at, lambda _page: None)
    made.add_page()
    yield made
    made.close()


@pytest.mark.parametrize(
    ("line", "from_the_right"),
    [
        ("الرمز \u2068XAC\u2069، 14 مارس", ["الرمز ", "XAC", "، ", "14", " مارس"]),
        ("\u2068S/AC.44/2026/12\u2069 \u2068XAF\u2069", ["S/AC.44/2026/12", " ", "XAF"]),
        ("من \u20683\u2069–\u20685\u2069", ["من ", "3", "–", "5"]),
        ("\u2068Loi 中国 2026\u2069 نص", ["2026", "中国 ", "Loi ", " نص"]),
    ],
)
def test_marks_steer_the_order_and_take_no_room(paper: NotingPaper, line: str, from_the_right: list[str]) -> None:
    paper.drawn = []
    paper.put(0, 20, line, 12, width=150)
    assert [text for _place, text in sorted(paper.drawn)] == from_the_right
    bare = "".join(from_the_right)
    assert paper.width_of(line, 12) == pytest.approx(paper.width_of(bare, 12), abs=0.1)


def test_a_vowel_mark_takes_no_room(paper: NotingPaper) -> None:
    assert paper.width_of("سُجِّلت تدابير", 12) == pytest.approx(paper.width_of("سجلت تدابير", 12))
