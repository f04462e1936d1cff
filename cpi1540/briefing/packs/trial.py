"""A small pack with every kind of block, written on a template before it is taken in: what fails there would fail in
every pack.
"""

import base64
import datetime

from cpi1540.briefing.packs import deck_pptx, pack_docx
from cpi1540.briefing.packs.pack import (
    Block,
    Column,
    CountChart,
    Foot,
    Form,
    Interval,
    IntervalChart,
    Kind,
    Labels,
    Pack,
    Page,
    Picture,
    Subheading,
    Table,
    Text,
)

_WORDS = "Words enough for a line or two, as they stand under the title of every page of a pack"
_DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
_MANY = 40


def write_trial(form: Form, template: bytes) -> None:
    """Write the trial pack on a checked template, from left to right and from right to left, and throw it away.

    What the libraries raise comes out: such a template cannot be used.
    """
    write = deck_pptx.write_deck if form is Form.PPTX else pack_docx.write_document
    for language in ("en", "ar"):
        write(_pack(language), template)


def _pack(language: str) -> Pack:
    intervals = IntervalChart(
        _WORDS,
        (
            Interval("1", 0.2, 0.4, 0.6, _WORDS),
            Interval("2", 0.2, None, 0.6, _WORDS),
            Interval("3", None, None, None, _WORDS),
        ),
        *("12345"),
    )
    counts = CountChart(_WORDS, ("1", "2"), ("1",), ((3,), (4,)))
    columns = tuple(Column(str(place)) for place in range(6))
    short, long = (Table(_WORDS, columns, (("1",) * 6,) * rows) for rows in (2, _MANY))
    pages: tuple[tuple[Block, ...], ...] = (
        (intervals, short),
        (Text(_WORDS, "strong"), Text(_WORDS, "item"), Subheading(_WORDS), counts),
        (long,),
        (Picture(_DOT, 640, 360, _WORDS), Text(_WORDS, "soft")),
    )
    return Pack(
        Kind.GLOBAL,
        _WORDS,
        _WORDS,
        language,
        datetime.date(2026, 1, 1),
        tuple(Page(_WORDS, (_WORDS, _WORDS), blocks, _WORDS, (_WORDS,)) for blocks in pages),
        Foot("B-0000000000", _WORDS, (_WORDS,) * 3, _WORDS),
        Labels("1", "2", "3", "4"),
    )
