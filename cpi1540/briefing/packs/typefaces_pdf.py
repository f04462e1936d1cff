"""The typefaces of PDF papers: from packages, found by path, and such that text set in them is found by a search.

IBM Plex for Latin, Cyrillic and Arabic letters, Noto Sans SC for Chinese. Each text is cut into runs that one
face can draw; a letter that no face has stops the paper, as it stops a picture.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import fontpkg_ibm_plex_sans
import fontpkg_ibm_plex_sans_arabic
import matplotlib
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont

from cpi1540.briefing.charts.fonts import BOLD, INVISIBLE, REGULAR, MissingGlyphs, static_cut

PLEX, ARABIC, CHINESE, SYMBOLS = "plex", "arabic", "chinese", "symbols"
_ORDER = {"ar": (ARABIC, PLEX, CHINESE, SYMBOLS), "zh": (CHINESE, PLEX, ARABIC, SYMBOLS)}
_OTHERS = (PLEX, ARABIC, CHINESE, SYMBOLS)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text that one face draws."""

    face: str
    text: str


@dataclass(frozen=True, slots=True)
class Faces:
    """Face -> its file in regular and in bold (Chinese has one weight), and the letters it has."""

    files: dict[str, tuple[Path, Path]]
    letters: dict[str, frozenset[str]]

    def runs(self, text: str, language: str) -> list[Run]:
        """``text`` as runs in reading order; MissingGlyphs when a letter would come out as a box."""
        order = _ORDER.get(language, _OTHERS)
        main = self.letters[order[0]]
        if main.issuperset(text):
            return [Run(order[0], text)] if text else []
        runs: list[Run] = []
        missing = set()
        for letter in text:
            face = runs[-1].face if runs else order[0]
            if letter not in INVISIBLE and not (letter == " " and runs):
                found = next((each for each in order if letter in self.letters[each]), None)
                if found is None:
                    missing.add(letter)
                    continue
                face = found
            if runs and runs[-1].face == face:
                runs[-1] = Run(face, runs[-1].text + letter)
            else:
                runs.append(Run(face, letter))
        if missing:
            raise MissingGlyphs(frozenset(missing))
        return runs


def load(folder: Path) -> Faces:
    """The faces; ``folder`` keeps the static cuts of the variable one, made once."""
    return _load(folder.resolve())


@cache
def _load(folder: Path) -> Faces:
    plex = Path(fontpkg_ibm_plex_sans.__file__).parent / "files" / "IBMPlexSans[wdth,wght].ttf"
    arabic = Path(fontpkg_ibm_plex_sans_arabic.__file__).parent / "files"
    symbols = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    chinese = pylopdf_fonts_zh_cn.sans_path()
    files = {
        PLEX: (static_cut(plex, REGULAR, folder), static_cut(plex, BOLD, folder)),
        ARABIC: (arabic / "IBMPlexSansArabic-Regular.ttf", arabic / "IBMPlexSansArabic-Bold.ttf"),
        CHINESE: (chinese, chinese),
        SYMBOLS: (symbols / "DejaVuSans.ttf", symbols / "DejaVuSans-Bold.ttf"),
    }
    return Faces(files, {face: _letters(*paths) for face, paths in files.items()})


def _letters(*paths: Path) -> frozenset[str]:
    found = []
    for path in set(paths):
        with TTFont(path, lazy=True) as font:
            found.append(frozenset(chr(code) for code in font.getBestCmap()))
    return frozenset.intersection(*found) | INVISIBLE
