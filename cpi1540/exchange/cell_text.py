"""Sources and remarks as the text of one printed cell, and back again without loss.

A cell that speaks of several fields has a paragraph for each text, led by its field ("NW: Penal Code ...").
A cell that speaks of one field has each source on a line of its own. A line that only goes on where it
could be taken for the next paragraph begins with ``CONTINUED``.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from hashlib import blake2s

from cpi1540.matrix.record import Source

CONTINUED = "↳"
CUT = "⟦…⟧"
LONGEST = 32_000  # a cell holds 32,767 UTF-16 units
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\u0085\u2028\u2029]")
_COLON = re.compile("[:：]")
_CITED = re.compile(r"\s*\[([A-Z]{3}-M\d+)\]\s*$")
_URL = re.compile(r"\s*<(https?://[^<>\s]+)>\s*$")


class Unled(ValueError):
    """A text in a cell of several fields does not say which of them it speaks of."""


def plain(text: str) -> str:
    """The text as a cell can hold it: one kind of line end, nothing a workbook cannot keep, no loose ends."""
    if text.isascii() and text.isprintable():
        return text.strip()
    text = writable(text)
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def writable(text: str) -> str:
    """The text with one kind of line end and without what a file cannot keep; spaces at its ends stay."""
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " "))


def source_text(source: Source, say_source: Callable[[Source], str]) -> str:
    """One source in full: what it says, its address in <>, the measure it cites in []."""
    text = plain(say_source(source)).removeprefix(CONTINUED).lstrip()
    if source.url and source.url not in text:
        text = f"{text} <{source.url}>".lstrip()
    return f"{text} [{source.measure}]".lstrip() if source.measure else text


def compose(texts: Sequence[tuple[str | None, Sequence[str]]], leaders: Collection[str] = ()) -> str:
    """The cell's text. Each item is a leader (None where the cell speaks of one field) and that field's texts.

    ``leaders`` are all that a reader of the cell will know, folded by ``fold_leader``.
    """
    lines: list[str] = []
    for leader, of_field in texts:
        for text in of_field:
            first, *more = text.split("\n")
            lines.append(f"{leader}: {first}".rstrip() if leader else first)
            for line in more:
                unclear = not leader or line.startswith(CONTINUED) or _led_by(line, leaders)
                lines.append(f"{CONTINUED} {line}".rstrip() if unclear else line)
    return _cut("\n".join(lines))


def compose_one(text: str) -> str:
    """The cell's text where it speaks of one field and holds one text."""
    return _cut(text)


def decompose(text: str, leaders: Mapping[str, str] | None) -> dict[str, list[str]]:
    """The texts of each field. ``leaders`` gives the field of each known leader; None: one field, under "".

    Unled when a cell of several fields begins without a leader.
    """
    found: dict[str, list[list[str]]] = {}
    current: list[list[list[str]]] = []
    for line in text.split("\n"):
        fields, rest = _fields_of(line, leaders) if leaders else ([""], line)
        if line.startswith(CONTINUED):
            fields, rest = [], line.removeprefix(CONTINUED).removeprefix(" ")
        elif not leaders and not line:
            continue
        if fields:
            current = [found.setdefault(field, []) for field in fields]
            for texts in current:
                texts.append([rest])
        elif current:
            for texts in current:
                texts[-1].append(rest)
        elif rest.strip():
            raise Unled(rest)
    return {field: [joined for lines in texts if (joined := plain("\n".join(lines)))] for field, texts in found.items()}


def token(text: str) -> str:
    """A short mark of a cell's text, by which an unchanged cell is known again; "" for no text."""
    return blake2s(text.encode(), digest_size=6).hexdigest() if text else ""


def read_source(text: str, known: Mapping[str, Source], title_of: Callable[[str], str]) -> Source:
    """The source that a paragraph means.

    ``known`` are the row's sources by their full text: a paragraph that was not changed stays what it was.
    Else what stands in [] is the measure, in <> the address; for a measure, what follows its title
    (``title_of``) is the pinpoint. The language is left open.
    """
    if text in known:
        return known[text]
    measure = url = None
    if cited := _CITED.search(text):
        measure, text = cited[1], text[: cited.start()]
    if linked := _URL.search(text):
        url, text = linked[1], text[: linked.start()]
    if measure is None:
        return Source(text, url=url)
    title = plain(title_of(measure))
    pinpoint = text.removeprefix(title).lstrip(" ,;") if title else text
    return Source(measure=measure, pinpoint=pinpoint or None, url=url)


def measure_cited(text: str) -> str | None:
    """The identifier of the measure that a paragraph cites, or None."""
    cited = _CITED.search(text)
    return cited[1] if cited else None


def _cut(text: str) -> str:
    if len(text.encode("utf-16-le")) <= 2 * LONGEST:
        return text
    return text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore") + CUT


def _led_by(line: str, leaders: Collection[str]) -> bool:
    return bool(_fields_of(line, dict.fromkeys(leaders, "-"))[0])


def fold_leader(leader: str) -> str:
    """A leader as it is compared: without case, with single spaces."""
    return " ".join(leader.casefold().split())


def _fields_of(line: str, leaders: Mapping[str, str]) -> tuple[list[str], str]:
    """The fields that a line's leader names ("NW:", "NW, CW:", "NW/CW："), and the rest of the line."""
    found = _COLON.search(line)
    if not found or found.start() > 80:
        return [], line
    head, rest = line[: found.start()], line[found.end() :]
    whole = leaders.get(fold_leader(head))
    if whole:
        return [whole], rest.strip()
    named = [leaders.get(fold_leader(part)) for part in re.split("[,،、/&]", head)]
    if None in named:
        return [], line
    return list(dict.fromkeys(field for field in named if field)), rest.strip()


def language_of(text: str, file_language: str) -> str | None:
    """The language that a new text can be taken to be in: the file's, where the script agrees; else None."""
    scripts = {
        "ar": sum("\u0600" <= letter <= "\u06ff" for letter in text),
        "ru": sum("\u0400" <= letter <= "\u04ff" for letter in text),
        "zh": sum("\u4e00" <= letter <= "\u9fff" for letter in text),
        "latin": sum(letter.isascii() and letter.isalpha() for letter in text),
    }
    most = max(scripts, key=lambda script: scripts[script])
    if not scripts[most]:
        return None
    if most != "latin":
        return most
    return file_language if file_language in ("en", "es", "fr") else None
