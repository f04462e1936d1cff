"""How much room texts and tables take where no program measures them: on slides, before anybody opens them.

Widths are estimates in points, a little wide rather than narrow, for faces like Arial.
"""

from collections.abc import Sequence
from functools import lru_cache

from cpi1540.briefing.packs.pack import Table

_NARROW = frozenset("iljtfrI.,:;'’|!()[] \u00a0")
_WIDE = frozenset("mwMWОЖШЩЮМФЫжшщюмфы—%@")
_BOLD = 1.07
_LEAST_CHARACTERS = 5
_INVISIBLE = frozenset("\u200b\u200e\u200f\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide one line of ``text`` is, in points."""
    ems = sum(_ems(letter) for letter in text)
    return ems * size * (_BOLD if bold else 1.0)


def _ems(letter: str) -> float:
    if letter in _INVISIBLE or "\u064b" <= letter <= "\u0652":
        return 0.0
    if letter >= "\u2e80" and not "\ufb1d" <= letter <= "\ufefc":
        return 1.0
    if "\u0600" <= letter <= "\u06ff":
        return 0.54
    if letter in _NARROW:
        return 0.31
    if letter in _WIDE:
        return 0.86
    if letter.isupper():
        return 0.69
    return 0.56


def lines_of(text: str, size: float, room: float, bold: bool = False) -> int:
    """How many lines ``text`` takes in ``room`` points: words stay whole, Chinese ends anywhere."""
    return sum(_lines(part, size, room, bold) for part in text.split("\n"))


def _lines(text: str, size: float, room: float, bold: bool) -> int:
    count, used = 1, 0.0
    for word in text.split(" "):
        width = width_of(word, size, bold)
        space = width_of(" ", size) if used else 0.0
        if used + space + width <= room:
            used += space + width
            continue
        if used and width <= room:
            count, used = count + 1, width
            continue
        # A word wider than the line, or Chinese without spaces: it goes on from where the line stands.
        left = width - max(0.0, room - used - space)
        more = max(1, -int(-left // room))
        count, used = count + more, left - (more - 1) * room
    return count


def column_widths(table: Table, room: float, size: float, padding: float) -> tuple[float, ...]:
    """The width of each column in points, summing to ``room``: by the table's shares, but no column narrower than
    its longest word or number, where all can have that.
    """
    shares = [column.width for column in table.columns]
    needed = [
        max(
            [_least(word, size) for word in column.head.split()]
            + [width_of(row[place], size) for row in table.rows if column.align == "number"]
            + [_least(word, size) for row in table.rows for word in row[place].split()],
            default=0.0,
        )
        + padding
        for place, column in enumerate(table.columns)
    ]
    if sum(needed) >= room:
        return tuple(room * need / sum(needed) for need in needed)
    fixed: set[int] = set()
    while True:
        free = room - sum(needed[place] for place in fixed)
        total = sum(share for place, share in enumerate(shares) if place not in fixed)
        short = {
            place
            for place, share in enumerate(shares)
            if place not in fixed and free * share / total < needed[place] - 0.01
        }
        if not short:
            return tuple(
                needed[place] if place in fixed else free * share / total for place, share in enumerate(shares)
            )
        fixed |= short


def _least(word: str, size: float) -> float:
    """What a word needs at least: all of it, but for Chinese, of which some characters must fit."""
    if any(letter >= "\u2e80" and not "\ufb1d" <= letter <= "\ufefc" for letter in word):
        return min(len(word), _LEAST_CHARACTERS) * size
    return width_of(word, size, bold=True)


def row_height(
    cells: Sequence[str], widths: Sequence[float], size: float, line: float, padding: float, bold: bool = False
) -> float:
    """The height of a row in points; ``padding`` is that of a cell on both sides together, across and down."""
    most = max(
        (lines_of(text, size, max(width - padding, size), bold) for text, width in zip(cells, widths, strict=True)),
        default=1,
    )
    return most * line + padding


def pages_of_rows(heights: Sequence[float], head: float, first: float, room: float) -> list[tuple[int, int]]:
    """The rows on each page as (first, one past the last): ``first`` points are free on the first page, ``room`` on
    each that follows, and the head stands on each. A row higher than a page has one for itself.

    Where nothing fits on the first page, its range is empty.
    """
    pages: list[tuple[int, int]] = []
    start, used, free = 0, head, first
    for place, height in enumerate(heights):
        if used + height > free and (place > start or (not pages and free < room)):
            pages.append((start, place))
            start, used, free = place, head, room
        used += height
    pages.append((start, len(heights)))
    return pages
