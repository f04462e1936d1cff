"""What every chart carries around its figures: finding, scope, day, n, method, source, and what it is not."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cpi1540.briefing.charts.canvas import (
    CAUTION,
    CAUTION_LINE,
    CAUTION_SOFT,
    MARGIN,
    NOTE,
    NOTE_STRONG,
    RULE_2,
    SUBTITLE,
    TITLE,
    WIDTH,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.foundation.messages import Sentence, sentence

_TEXT_WIDTH = WIDTH - 2 * MARGIN
_PRACTICE = Style(13, CAUTION)
_PRACTICE_STRONG = Style(13, CAUTION, BOLD)
_LEAD = Style(SUBTITLE.size, SUBTITLE.colour, BOLD)


@dataclass(frozen=True, slots=True)
class Words:
    """How to speak to the reader: a sentence in the reader's language, a whole number with its grouping, a
    fraction with two decimals, a day in words; all with Western digits.
    """

    translate: Callable[[Sentence], str]
    number: Callable[[int], str]
    share: Callable[[float], str]
    day: Callable[[datetime.date], str]


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a picture, in the reader's language: the finding, what it is of, and the facts about it."""

    title: str
    scope: str
    facts: tuple[str, ...]


def notices(words: Words, practice: bool, office: str) -> tuple[Sentence, Sentence, Sentence]:
    """What the picture is not: the bold part, its reason, and whose document it is."""
    whose = (
        sentence("Working document of %(office)s; not a document of the Committee.", office=office)
        if office
        else sentence("Working document of the office; not a document of the Committee.")
    )
    return (
        sentence("Not a measure of compliance."),
        sentence(
            "The matrix is a reference tool for technical assistance and dialogue; it does not judge whether "
            "obligations are met."
        ),
        whose,
    )


def practice_notice() -> tuple[Sentence, Sentence]:
    """What a picture of the practice record says above all else."""
    return (
        sentence("Practice data."),
        sentence("The States here are invented. Nothing in this picture describes a real country."),
    )


def draw_head(canvas: Canvas, words: Words, heading: Heading, practice: bool) -> float:
    """Practice notice, title and subtitle; gives the place where the figures may begin."""
    top = 0.0
    if practice:
        top = _practice_band(canvas, words)
    top += 34
    for line in canvas.balanced(heading.title, TITLE, _TEXT_WIDTH):
        canvas.text(MARGIN, top + canvas.baseline(TITLE), line, TITLE)
        top += canvas.line_height(TITLE)
    top += 8
    first, *others = heading.facts
    top = canvas.paragraph(MARGIN, top, first, SUBTITLE, _TEXT_WIDTH, lead=(heading.scope, _LEAD))
    for fact in others:
        top = canvas.paragraph(MARGIN, top, fact, SUBTITLE, _TEXT_WIDTH)
    return top


def draw_foot(canvas: Canvas, words: Words, top: float, method: str, source: str, practice: bool, office: str) -> float:
    """Method, source and notices from ``top`` on; gives the height of the whole picture."""
    top = canvas.paragraph(MARGIN, top, method, NOTE, _TEXT_WIDTH)
    top += 16
    canvas.rule(top, RULE_2)
    top += 12
    strong, reason, whose = (words.translate(each) for each in notices(words, practice, office))
    top = canvas.paragraph(MARGIN, top, reason, NOTE, _TEXT_WIDTH, lead=(strong, NOTE_STRONG))
    top = canvas.paragraph(MARGIN, top, joined(canvas, (whose, source)), NOTE, _TEXT_WIDTH)
    return top + 28


def joined(canvas: Canvas, sentences: Sequence[str]) -> str:
    """Whole sentences one after the other; Chinese sets no space between them."""
    return ("" if canvas.language.code == "zh" else " ").join(sentences)


def _practice_band(canvas: Canvas, words: Words) -> float:
    strong, rest = (words.translate(each) for each in practice_notice())
    # The band is drawn first, and as high as its words turn out.
    indent = canvas.width_of(strong, _PRACTICE_STRONG) + 0.4 * _PRACTICE.size
    lines = canvas.lines(rest, _PRACTICE, _TEXT_WIDTH, indent)
    height = canvas.line_height(_PRACTICE) * len(lines) + 16
    canvas.box(0, 0, WIDTH, height, facecolor=CAUTION_SOFT, edgecolor="none")
    canvas.rule(height, CAUTION_LINE, 2, x=0, until=WIDTH)
    canvas.paragraph(MARGIN, 8, rest, _PRACTICE, _TEXT_WIDTH, lead=(strong, _PRACTICE_STRONG))
    return height
