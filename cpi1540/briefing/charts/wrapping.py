"""Where a line of a picture may end, in six languages."""

from collections.abc import Callable, Sequence

# A Chinese line never begins with one of these, nor ends with one of those.
_NOT_FIRST = frozenset("，。、；：？！）》」』〉】…%％·—～,.;:?!)]}")
_NOT_LAST = frozenset("（《「『〈【([{")


def wrap(text: str, width: float, measure: Callable[[str], float], indent: float = 0.0) -> list[str]:
    """``text`` as lines no wider than ``width``, the first one narrower by ``indent``.

    ``measure`` gives a line's width. Lines end at spaces, and between Chinese characters; a word that is wider
    than a line is broken where it must. The lines, joined, hold every character but the spaces between them.
    """
    pieces = _pieces(text)
    lines: list[str] = []
    room = width - indent
    while pieces:
        count = _fitting(pieces, room, measure)
        if count:
            lines.append("".join(pieces[:count]).rstrip(" "))
            del pieces[:count]
        elif room < width:
            # Nothing fits beside what stands before: begin on the next line.
            lines.append("")
        else:
            characters = list(pieces[0])
            count = max(1, _fitting(characters, room, measure))
            # After a hyphen of its own rather than anywhere: "Papua-" is a place to end a line at.
            count = next((place for place in range(count, 1, -1) if characters[place - 1] == "-"), count)
            lines.append("".join(characters[:count]).rstrip(" "))
            pieces[0] = "".join(characters[count:]).lstrip(" ")
            if not pieces[0]:
                del pieces[0]
        room = width
    return lines or [""]


def _fitting(pieces: Sequence[str], room: float, measure: Callable[[str], float]) -> int:
    """How many of ``pieces`` fit in ``room``. Measuring is what costs: begin at a guess, not at the first piece."""

    def fits(count: int) -> bool:
        return measure("".join(pieces[:count]).rstrip(" ")) <= room

    whole = "".join(pieces).rstrip(" ")
    width = measure(whole)
    if width <= room:
        return len(pieces)
    letters, count = room / width * len(whole), 0
    while count < len(pieces) - 1 and letters >= len(pieces[count]):
        letters -= len(pieces[count])
        count += 1
    while count and not fits(count):
        count -= 1
    while count < len(pieces) - 1 and fits(count + 1):
        count += 1
    return count


def _pieces(text: str) -> list[str]:
    """What stays together: words with the space after them, Chinese characters with their punctuation."""
    pieces: list[str] = []
    for character in text:
        before = pieces[-1][-1] if pieces else ""
        if not before or _may_break(before, character):
            pieces.append(character)
        else:
            pieces[-1] += character
    return pieces


def _may_break(before: str, after: str) -> bool:
    if after == " " or after in _NOT_FIRST or before in _NOT_LAST:
        return False
    return before == " " or _is_chinese(before) or _is_chinese(after)


def _is_chinese(character: str) -> bool:
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"
