"""The typefaces of pictures: the same on every machine, and complete for all that the portal says."""

import csv
from pathlib import Path

import pytest
from chart_cases import chart, words
from matplotlib.font_manager import FontManager, fontManager
from matplotlib.ft2font import FT2Font

from cpi1540.briefing.charts import drawing, fonts, output
from cpi1540.locales import BY_CODE, CODES, LANGUAGES
from cpi1540.paths import SEED, TRANSLATIONS


@pytest.fixture(scope="module")
def faces(tmp_path_factory: pytest.TempPathFactory) -> fonts.Typefaces:
    return fonts.load(tmp_path_factory.mktemp("typefaces"))


def test_cuts_are_made_once_and_the_same_each_time(tmp_path: Path) -> None:
    fonts.load(tmp_path / "one")
    fonts.load(tmp_path / "two")
    one, two = (sorted((tmp_path / folder).iterdir()) for folder in ("one", "two"))
    assert [path.name for path in one] == [path.name for path in two]
    assert [path.suffix for path in one] == [".ttf", ".ttf"]
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]
    assert one[0].read_bytes() != one[1].read_bytes()
    assert fonts.load(tmp_path / "one") is fonts.load(tmp_path / "one" / ".." / "one")


def test_each_file_has_a_name_of_its_own(tmp_path: Path) -> None:
    # An SVG tells the glyphs of two files apart by it: with one name for two, bold letters stand among light ones.
    faces = fonts.load(tmp_path)
    files = {entry.fname for entry in fontManager.ttflist if entry.name in faces.names.values()}
    assert len(files) == 5
    assert len({FT2Font(file).postscript_name for file in files}) == 5


def test_folders_do_not_show_in_the_picture(tmp_path: Path) -> None:
    pictures = set()
    for folder in ("one", "two"):
        faces = fonts.load(tmp_path / folder)
        figure = drawing.draw(chart("ar"), BY_CODE["ar"], words("ar"), faces).figure
        pictures.add((output.to_svg(figure, "t", "d"), output.to_pdf(figure)))
    assert len(pictures) == 1


@pytest.mark.parametrize("code", CODES)
def test_system_fonts_are_not_used(code: str, faces: fonts.Typefaces, monkeypatch: pytest.MonkeyPatch) -> None:
    with_all = output.to_svg(drawing.draw(chart(code), BY_CODE[code], words(code), faces).figure, "t", "d")
    ours = [entry for entry in fontManager.ttflist if entry.name in faces.names.values()]
    assert len(ours) == 6
    monkeypatch.setattr(fontManager, "ttflist", ours)
    FontManager._findfont_cached.cache_clear()
    try:
        without = output.to_svg(drawing.draw(chart(code), BY_CODE[code], words(code), faces).figure, "t", "d")
    finally:
        FontManager._findfont_cached.cache_clear()
    assert with_all == without


@pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: language.code)
def test_every_character_of_the_portal_is_drawn(language: object, faces: fonts.Typefaces) -> None:
    locale = language.locale  # type: ignore[attr-defined]
    faces.check((TRANSLATIONS / locale / "LC_MESSAGES" / "messages.po").read_text("utf-8").replace("\n", ""))


@pytest.mark.parametrize("path", sorted((SEED / "layouts").glob("*.json")), ids=lambda path: path.stem)
def test_every_character_of_the_layouts_is_drawn(path: Path, faces: fonts.Typefaces) -> None:
    faces.check(path.read_text("utf-8").replace("\n", ""))


def test_every_character_of_the_names_of_states_is_drawn(faces: fonts.Typefaces) -> None:
    with (SEED / "states.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == 194
    for row in rows:
        faces.check("".join(row))


def test_a_character_that_no_face_has_is_refused_by_name(faces: fonts.Typefaces) -> None:
    with pytest.raises(fonts.MissingGlyphs, match=r"ก \(U\+0E01\)") as refused:
        faces.check("Morwezi ก")
    assert refused.value.characters == {"ก"}
