"""How much room texts and tables take where no program measures them: on slides, before anybody opens them.

Widths are estimates in points, a little wide rather than narrow, for faces like Arial.
"""

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from cpi1540.briefing.packs.pack import Table

_NARROW = frozenset("iljtfrI.,:;'’|!()[] \u00a0")
_WIDE = frozenset("mwMWОЖШЩЮМФЫжшщюмфы—%@")
_BOLD, _BOLD_ARABIC = 1.07, 1.2
_LEAST_CHARACTERS = 5
_SHORT_WORD = 12
_AFTER_NUMBER = re.compile(r"(?<=\d) (?=\w)")
_BEFORE_YEAR = re.compile(r"(?<=\w) (?=\d{4}\b)")
_LEAD = 12.0
_CHINESE_BESIDE_LATIN = re.compile(r"(?<=[0-9A-Za-z])(?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])(?=[0-9A-Za-z])")
_WORDS = re.compile(r"[ \n]+")
_STEPS = 40
_SHORT_TABLE = 14
_INVISIBLE = frozenset("\u200b\u200e\u200f\u2066\u2067\u2068\u2069")


@lru_cache(maxsize=4096)
def width_of(text: str, size: float, bold: bool = False) -> float:
    """How wide one line of ``text`` is, in points."""
    # Programs set Chinese a little apart from letters and digits.
    apart = len(_CHINESE_BESIDE_LATIN.findall(text)) * 0.25 * size
    if not bold:
        return sum(map(_ems, text)) * size + apart
    # Bold Arabic is much wider than regular, where a program takes another face for it.
    return (
        sum(_ems(letter) * (_BOLD_ARABIC if "\u0600" <= letter <= "\u06ff" else _BOLD) for letter in text) * size
        + apart
    )


def _ems(letter: str) -> float:
    if letter in _INVISIBLE or "\u064b" <= letter <= "\u0652":
        return 0.0
    if _is_chinese(letter):
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
    """How many lines ``text`` takes in ``room`` points: words stay whole, Chinese ends nearly anywhere."""
    return sum(_lines(part, size, _usable(part, size, room, bold), bold) for part in text.split("\n"))


def _usable(part: str, size: float, room: float, bold: bool) -> float:
    """The room of a line that is used. Of a Chinese one a character's is not: no line begins with a full stop."""
    if not any(map(_is_chinese, part)) or width_of(part, size, bold) <= room:
        return room
    return max(room - size, size)


def _is_chinese(letter: str) -> bool:
    return letter >= "\u2e80" and not "\ufb1d" <= letter <= "\ufefc"


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


def tied(text: str) -> str:
    """A text of several lines whose numbers stay with the word they count, dates whole, and whose last line has two
    words at least.
    """
    held = _AFTER_NUMBER.sub("\u00a0", _BEFORE_YEAR.sub("\u00a0", text))
    start, space, last = held.rpartition(" ")
    return f"{start}\u00a0{last}" if space and len(last) <= _SHORT_WORD else held


def column_widths(table: Table, room: float, size: float, padding: float, mirrored: bool = False) -> tuple[float, ...]:
    """The width of each column in points, summing to ``room``: by the table's shares, but no column narrower than
    its longest word or number, where all can have that.
    """
    shares = [column.width for column in table.columns]
    needed = [
        max(
            [_least(word, size) for word in _WORDS.split(column.head)]
            + [width_of(row[place], size) for row in table.rows if column.align == "number"]
            + [_least(word, size) for row in table.rows for word in _WORDS.split(row[place])],
            default=0.0,
        )
        + padding
        + lead
        for place, (column, lead) in enumerate(zip(table.columns, leads(table, mirrored), strict=True))
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
    if any(map(_is_chinese, word)):
        return min(len(word), _LEAST_CHARACTERS) * size
    return width_of(word, size, bold=True)


def leads(table: Table, mirrored: bool) -> tuple[float, ...]:
    """What each column keeps free before its texts. Numbers end on the right in every language: from the left they
    would touch the texts after them, ``mirrored`` those before.
    """
    aligned = [column.align for column in table.columns]
    meeting = ("start", "number") if mirrored else ("number", "start")
    return tuple(
        _LEAD if place and (aligned[place - 1], align) == meeting else 0.0 for place, align in enumerate(aligned)
    )


def kept_together(table: Table, short: bool = True) -> frozenset[int]:
    """The rows of a table on paper that stand on the page of the row before: all of a ``short`` one; of a long one the
    second and the last two, so that none stands alone under a head, and what ``follows`` anyway.
    """
    n = len(table.rows)
    alone = range(1, n) if short and n <= _SHORT_TABLE else {1, n - 2, n - 1}.intersection(range(1, n))
    return table.follows | frozenset(alone)


def row_height(
    cells: Sequence[str], widths: Sequence[float], size: float, line: float, padding: float, bold: bool = False
) -> float:
    """The height of a row in points; ``widths`` are without what ``leads`` keeps free, ``padding`` is that of a cell
    on both sides together, across and down.
    """
    most = max(
        (lines_of(text, size, max(width - padding, size), bold) for text, width in zip(cells, widths, strict=True)),
        default=1,
    )
    return most * line + padding


def pages_of_rows(
    heights: Sequence[float], head: float, first: float, room: float, follows: Collection[int] = ()
) -> list[tuple[int, int]]:
    """The rows on each page as (first, one past the last): ``first`` points are free on the first page, ``room`` on
    each that follows, and the head stands on each. Rows that ``follows`` names stand on the page of the row before,
    where a page can hold them all. A row higher than a page has one for itself. Pages are filled evenly: as many as it
    takes, none with a row or two alone.

    Where nothing fits on the first page, its range is empty.
    """
    found = filled(heights, head, first, room, follows)
    rows = [page for page in found if page[0] < page[1]]
    if len(rows) < 2:
        return found
    least = sum(heights) / len(rows) + head
    for step in range(_STEPS):
        most = least + (room - least) * step / _STEPS
        even = filled(heights, head, min(first, most) if first < room else most, most, follows)
        whole = {start for start, _end in even}.intersection(follows) <= {start for start, _end in found}
        if len(even) <= len(found) and whole and _fit(even, heights, head, first, room):
            return even
    return found


def _fit(pages: Sequence[tuple[int, int]], heights: Sequence[float], head: float, first: float, room: float) -> bool:
    """Whether all pages hold their rows."""
    return all(
        end - start <= 1 or head + sum(heights[start:end]) <= (first if place == 0 else room)
        for place, (start, end) in enumerate(pages)
    )


def filled(
    heights: Sequence[float], head: float, first: float, room: float, follows: Collection[int]
) -> list[tuple[int, int]]:
    """``pages_of_rows``, but each page filled as far as it goes."""
    pages: list[tuple[int, int]] = []
    start, used, free = 0, head, first
    for place, height in enumerate(heights):
        whole = height
        if place not in follows:
            end = place + 1
            while end in follows and end < len(heights):
                end += 1
            together = sum(heights[place:end])
            whole = together if head + together <= room else height
        if used + whole > free and (place > start or (not pages and free < room)):
            pages.append((start, place))
            start, used, free = place, head, room
        used += height
    pages.append((start, len(heights)))
    return pages
