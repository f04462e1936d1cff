"""Two texts compared word by word; Chinese, which writes no spaces, character by character."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

# Longer texts are compared by whole paragraphs: nobody reads a thousand marked words one by one.
MOST_TOKENS = 4000
# Chinese characters, with the rarer ones beyond the basic plane.
_CHINESE = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text: "same" in both, "removed" only before, or "added" only after."""

    kind: str
    text: str


def compare(before: str, after: str) -> tuple[Segment, ...]:
    """What is the same, removed and added, in reading order; no two neighbours are of one kind.

    The same and the removed stretches joined give ``before``, the same and the added ones ``after``, to the
    last space. Two empty texts give nothing.
    """
    if before == after:
        return (Segment("same", before),) if before else ()
    if not (before and after):
        return (Segment("removed", before),) if before else (Segment("added", after),)
    old, new = _tokens(before), _tokens(after)
    if max(len(old), len(new)) > MOST_TOKENS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = _matched(old[start : len(old) - end], new[start : len(new) - end])
    steps = [("same", token) for token in old[:start]] + middle + [("same", token) for token in old[len(old) - end :]]
    return _joined(steps)


def _tokens(text: str) -> list[str]:
    """Words with their marks, runs of space, and every other character by itself."""
    found: list[str] = []
    for kind, characters in groupby(text, _kind):
        run = "".join(characters)
        found += [run] if kind in ("word", "space") else list(run)
    return found


def _kind(character: str) -> str:
    if character.isspace():
        return "space"
    if any(low <= ord(character) <= high for low, high in _CHINESE):
        return "chinese"
    return "word" if character.isalnum() or unicodedata.category(character).startswith("M") else "other"


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many tokens at the start are the same."""
    pairs = enumerate(zip(old, new, strict=False))
    return next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))


def _matched(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, str]]:
    """A longest common subsequence, found on whole numbers used as rows of bits (Hyyrö 2004).

    Bit j of a row is clear where token j of ``old`` makes the common subsequence one longer. The rows are kept,
    and the way is read back from the last one.
    """
    if max(len(old), len(new)) > MOST_TOKENS:
        return [("removed", token) for token in old] + [("added", token) for token in new]
    places: dict[str, int] = {}
    for place, token in enumerate(old):
        places[token] = places.get(token, 0) | 1 << place
    everything = (1 << len(old)) - 1
    row, rows = everything, []
    for token in new:
        hits = row & places.get(token, 0)
        row = ((row + hits) | (row - hits)) & everything
        rows.append(row)
    steps = []
    i, j = len(old), len(new)
    while i and j:
        if rows[j - 1] >> (i - 1) & 1:
            i -= 1
            steps.append(("removed", old[i]))
        else:
            j -= 1
            if j and not rows[j - 1] >> (i - 1) & 1:
                steps.append(("added", new[j]))
            else:
                i -= 1
                steps.append(("same", old[i]))
    steps += [("removed", token) for token in reversed(old[:i])]
    steps += [("added", token) for token in reversed(new[:j])]
    return steps[::-1]


def _joined(steps: Sequence[tuple[str, str]]) -> tuple[Segment, ...]:
    """Neighbours put together; a mere space between two changes is no reason to part them."""
    stretches: list[list[str]] = [["", "", ""]]  # what is the same, then what is removed and added after it
    runs = [("same" if kind == "same" else "", list(run)) for kind, run in groupby(steps, lambda step: step[0])]
    for place, (kind, run) in enumerate(runs):
        text = "".join(token for _kind, token in run)
        if kind and not (text.isspace() and 0 < place < len(runs) - 1):
            stretches.append([text, "", ""])
        elif kind:
            stretches[-1][1] += text
            stretches[-1][2] += text
        else:
            stretches[-1][1 if run[0][0] == "removed" else 2] += text
    found: list[Segment] = []
    for stretch in stretches:
        for kind, text in zip(("same", "removed", "added"), stretch, strict=True):
            if text:
                found.append(Segment(kind, text))
    return tuple(found)
