"""Letters of the procedure: their kinds, the placeholders a template may hold, and how a template is filled.

A template is a subject and a body. An empty line parts paragraphs, a line that begins with "- " is an item of a
list, ``{request}`` is a placeholder. Filling replaces names, it evaluates nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from cpi1540.foundation.messages import N_, Sentence, sentence

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
_BRACED = re.compile(r"\{([^{}\n]*)\}")
_ITEM = "- "


class LetterKind(StrEnum):
    """The letters that the procedure asks for."""

    ACKNOWLEDGEMENT = "acknowledgement"
    NOTE_VERBALE = "note-verbale"
    OFFERS = "offers"
    FOLLOW_UP = "follow-up"


KIND_NAMES: Mapping[LetterKind, str] = {
    LetterKind.ACKNOWLEDGEMENT: N_("Acknowledgement"),
    LetterKind.NOTE_VERBALE: N_("Note verbale to potential providers"),
    LetterKind.OFFERS: N_("Offers received: information to the requester"),
    LetterKind.FOLLOW_UP: N_("Follow-up after one year"),
}
KIND_PURPOSES: Mapping[LetterKind, str] = {
    LetterKind.ACKNOWLEDGEMENT: N_("Tells the requester that the request arrived, and until when one may object."),
    LetterKind.NOTE_VERBALE: N_("Sends the request to States and organizations that may help."),
    LetterKind.OFFERS: N_("Tells the requester which offers were received and circulated."),
    LetterKind.FOLLOW_UP: N_("Asks the requester, a year after the request, what became of it."),
}


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A name that a template may hold in braces. A ``block`` stands for a list and needs a line of its own."""

    meaning: str
    block: bool = False


PLACEHOLDERS: Mapping[str, Placeholder] = {
    "request": Placeholder(N_("the request’s identifier")),
    "requester": Placeholder(N_("who requests")),
    "request_date": Placeholder(N_("the date of the request")),
    "title": Placeholder(N_("the title of the request")),
    "date": Placeholder(N_("the date of the letter")),
    "signatory": Placeholder(N_("the name of the one who signs")),
    "needs": Placeholder(N_("the needs, one a line"), block=True),
    "objection_until": Placeholder(N_("the last day on which the requester may object")),
    "offers": Placeholder(N_("the offers, one a line"), block=True),
}
_EVERYWHERE = ("request", "requester", "request_date", "title", "date", "signatory", "needs")
OF_KIND: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.ACKNOWLEDGEMENT: (*_EVERYWHERE, "objection_until"),
    LetterKind.NOTE_VERBALE: _EVERYWHERE,
    LetterKind.OFFERS: (*_EVERYWHERE, "offers"),
    LetterKind.FOLLOW_UP: _EVERYWHERE,
}
# Without these a letter of that kind says nothing.
REQUIRED: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.ACKNOWLEDGEMENT: ("request",),
    LetterKind.NOTE_VERBALE: ("request", "needs"),
    LetterKind.OFFERS: ("request", "offers"),
    LetterKind.FOLLOW_UP: ("request",),
}


@dataclass(frozen=True, slots=True)
class Template:
    """The text of one kind of letter in one language. Versions count from 1; an old one never changes.

    ``provisional``: the wording came with the software and nobody of the office has confirmed it.
    """

    kind: LetterKind
    language: str
    version: int
    subject: str
    body: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``own`` when it is a value that was filled in, which keeps its own direction.

    ``language`` is its code where it is another one than the letter's.
    """

    text: str
    own: bool = False
    language: str = ""


Pieces = tuple[Piece, ...]
# A placeholder's value: a text, or its pieces; of a block, the items of a list.
Values = Mapping[str, "str | Pieces | tuple[str | Pieces, ...]"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as pieces; ``item`` when it is an item of a list. A line end in a piece is a line end."""

    pieces: Pieces
    item: bool = False

    @property
    def text(self) -> str:
        """The paragraph as plain text."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its values put in."""

    subject: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a template: in its "subject" or its "body"."""

    part: str
    sentence: Sentence


def faults(kind: LetterKind, subject: str, body: str) -> list[Fault]:
    """Everything that keeps a text from being a template of that kind, the subject's faults first."""
    found = [Fault("subject", each) for each in _faults_of(kind, subject, LONGEST_SUBJECT, line=True)]
    found += [Fault("body", each) for each in _faults_of(kind, body, LONGEST_BODY, line=False)]
    named = set(_BRACED.findall(body))
    found += [
        Fault("body", sentence("The letter needs the placeholder %(name)s.", name=braced(name)))
        for name in REQUIRED[kind]
        if name not in named
    ]
    return found


def braced(name: str) -> str:
    """A placeholder as it is written in a template."""
    return f"{{{name}}}"


def fill(template: Template, values: Values) -> Filled:
    """The letter's text. KeyError for a placeholder without a value: a kept template has none.

    A line whose only placeholder is empty falls away, so that a letter without a signatory has no gap.
    """
    paragraphs: list[Paragraph] = []
    for block in re.split(r"\n[ \t]*\n", template.body.strip()):
        running: list[Pieces] = []
        for line in (each.strip() for each in block.split("\n")):
            listed = _listed(line, values)
            if listed is None and not line.startswith(_ITEM):
                running += [_pieces(line, values)] if _says_something(line, values) else []
                continue
            paragraphs += _joined(running)
            running = []
            if listed is None:
                paragraphs.append(Paragraph(_pieces(line.removeprefix(_ITEM).lstrip(), values), item=True))
            else:
                paragraphs += [Paragraph(each, item=True) for each in listed]
        paragraphs += _joined(running)
    subject = "".join(piece.text for piece in _pieces(template.subject.strip(), values))
    return Filled(subject, tuple(paragraphs))


def _faults_of(kind: LetterKind, text: str, longest: int, *, line: bool) -> list[Sentence]:
    if not text.strip():
        return [sentence("Write a text.")]
    found = []
    if len(text) > longest:
        found.append(sentence("The text is longer than %(n)s characters.", n=str(longest)))
    if line and "\n" in text.strip():
        found.append(sentence("The subject is one line."))
    for name in dict.fromkeys(_BRACED.findall(text)):
        if name not in OF_KIND[kind]:
            known = ", ".join(braced(each) for each in OF_KIND[kind])
            found.append(
                sentence(
                    "%(name)s is no placeholder of this letter. It may hold: %(known)s.",
                    name=braced(name),
                    known=known,
                )
            )
        elif PLACEHOLDERS[name].block and (line or not _alone(name, text)):
            found.append(sentence("%(name)s stands for a list: give it a line of its own.", name=braced(name)))
    if stray := re.search(r"[{}]", _BRACED.sub("", text)):
        found.append(sentence("There is a brace %(brace)s without its counterpart.", brace=stray[0]))
    return found


def _alone(name: str, text: str) -> bool:
    lines = [line.strip() for line in text.split("\n") if braced(name) in line]
    return all(line == braced(name) for line in lines)


def _listed(line: str, values: Values) -> list[Pieces] | None:
    """The items that a line stands for; None for a line of text."""
    found = _BRACED.fullmatch(line)
    if found is None or not PLACEHOLDERS[found[1]].block:
        return None
    return [_valued(each) for each in values[found[1]]]


def _valued(value: str | Piece | Pieces) -> Pieces:
    """The pieces of one value."""
    if isinstance(value, str):
        return (Piece(value, own=True),) if value else ()
    return (value,) if isinstance(value, Piece) else value


def _says_something(line: str, values: Values) -> bool:
    found = _BRACED.fullmatch(line)
    return bool(values[found[1]]) if found else bool(line)


def _pieces(text: str, values: Values) -> Pieces:
    pieces: list[Piece] = []
    for place, part in enumerate(_BRACED.split(text)):
        if place % 2:
            value = values[part]
            pieces += _valued(value) if isinstance(value, str) else [each for one in value for each in _valued(one)]
        elif part:
            pieces.append(Piece(part))
    return tuple(pieces)


def _joined(lines: list[Pieces]) -> list[Paragraph]:
    """The lines of one paragraph, with line ends between them; nothing for no lines."""
    pieces: list[Piece] = []
    for line in lines:
        pieces += [Piece("\n"), *line] if pieces else line
    return [Paragraph(tuple(pieces))] if pieces else []
