"""The typefaces of pictures: from packages, found by path, so that every machine draws the same glyphs.

What happens to be installed on the machine is never used: each face is known to matplotlib under a name of
our own, which no system font has.
"""

import hashlib
import os
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import matplotlib
import pylopdf_fonts_ar
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from matplotlib.font_manager import FontEntry, FontProperties, fontManager

REGULAR, BOLD = 400, 700
_CUTS = {REGULAR: "Regular", BOLD: "Bold"}
# Places in a font file's table of names.
_SUBFAMILY, _FULL_NAME, _POSTSCRIPT_NAME = 2, 4, 6
# Which faces a language tries, in order. The Arabic one carries Latin letters of the same design.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "ar": ("arabic", "dejavu", "chinese"),
    "en": ("arabic", "dejavu", "chinese"),
    "es": ("arabic", "dejavu", "chinese"),
    "fr": ("arabic", "dejavu", "chinese"),
    "ru": ("dejavu", "arabic", "chinese"),
    "zh": ("chinese", "arabic", "dejavu"),
}
# Marks that steer the order of letters and draw nothing; no face needs a glyph for them.
INVISIBLE = frozenset("\u061c\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
_registering = threading.Lock()


class MissingGlyphs(ValueError):
    """A text has characters that no typeface has: it would come out as boxes. ``characters`` names them."""

    def __init__(self, characters: frozenset[str]) -> None:
        self.characters = characters
        named = " ".join(f"{character} (U+{ord(character):04X})" for character in sorted(characters))
        super().__init__(f"no typeface has {named}")


@dataclass(frozen=True, slots=True)
class Typefaces:
    """Faces that are registered with matplotlib. ``names`` gives each its name there; ``characters`` is all
    that one or another can draw.
    """

    names: Mapping[str, str]
    characters: frozenset[str] = field(repr=False)

    def properties(self, language: str, points: float, weight: int = REGULAR) -> FontProperties:
        """What a text in ``language`` is set in. Chinese has no bold: its bold is its regular."""
        families = [self.names[face] for face in _ORDER[language]]
        return FontProperties(family=families, size=points, weight=weight)

    def check(self, text: str) -> None:
        """MissingGlyphs when a character of ``text`` would come out as a box."""
        if missing := frozenset(text) - self.characters:
            raise MissingGlyphs(missing)


def load(folder: Path) -> Typefaces:
    """The typefaces, ready for use; the first call in a process takes a moment, later ones nothing.

    ``folder`` keeps the static cuts of the variable Arabic face, made once (about a second) and the same
    bytes each time. It also puts matplotlib's settings to their defaults, whatever the machine's say.
    """
    return _load(folder.resolve())


@cache
def _load(folder: Path) -> Typefaces:
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    chinese = pylopdf_fonts_zh_cn.sans_path()
    files = {
        "arabic": {weight: static_cut(pylopdf_fonts_ar.sans_path(), weight, folder) for weight in (REGULAR, BOLD)},
        "chinese": {REGULAR: chinese, BOLD: chinese},
        "dejavu": {REGULAR: dejavu / "DejaVuSans.ttf", BOLD: dejavu / "DejaVuSans-Bold.ttf"},
    }
    names = {face: _name(cuts[REGULAR]) for face, cuts in files.items()}
    with _registering:
        matplotlib.rcdefaults()
        known = {entry.name for entry in fontManager.ttflist}
        for face, cuts in files.items():
            if names[face] not in known:
                for weight, path in cuts.items():
                    fontManager.ttflist.append(FontEntry(fname=str(path), name=names[face], weight=weight))
    drawn = {character for cuts in files.values() for character in _characters(cuts[REGULAR], cuts[BOLD])}
    return Typefaces(names, frozenset(drawn) | INVISIBLE)


def _name(path: Path) -> str:
    """A family name that no installed font has, and that differs for each file."""
    return f"cpi1540 {path.stem} {hashlib.sha256(os.fsencode(path)).hexdigest()[:12]}"


def _characters(*paths: Path) -> frozenset[str]:
    """The characters that every one of these files can draw."""
    return frozenset.intersection(*(_charset(path) for path in paths))


@cache
def _charset(path: Path) -> frozenset[str]:
    with TTFont(path, lazy=True) as font:
        return frozenset(chr(code) for code in font.getBestCmap())


def static_cut(variable: Path, weight: int, folder: Path) -> Path:
    """One weight of a variable face as a file of its own: matplotlib draws a variable face in one weight only.

    The file's name carries the digest of what it was made from, so that a new release makes a new cut. Each
    cut has a name of its own inside too: an SVG tells glyphs apart by it.
    """
    digest = hashlib.sha256(variable.read_bytes()).hexdigest()[:12]
    family = variable.stem.removesuffix("-Variable")
    cut = folder / f"{family}-{_CUTS[weight]}-{digest}.ttf"
    if cut.is_file():
        return cut
    folder.mkdir(parents=True, exist_ok=True)
    with TTFont(variable, recalcTimestamp=False) as font:
        axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes}
        made = instancer.instantiateVariableFont(font, {**axes, "wght": weight}, inplace=True)
        _rename(made, family, _CUTS[weight])
        # Another process may be making it too: whoever is last replaces equal bytes.
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            made.save(file)
    Path(name).replace(cut)
    return cut


def _rename(font: TTFont, family: str, cut: str) -> None:
    names = {_SUBFAMILY: cut, _FULL_NAME: f"{family} {cut}", _POSTSCRIPT_NAME: f"{family}-{cut}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]
