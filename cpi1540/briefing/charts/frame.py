"""What every chart carries around its figures: finding, scope, day, n, method, source, and what it is not."""

import datetime
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from cpi1540.briefing.charts.canvas import (
    CAUTION,
    CAUTION_LINE,
    CAUTION_SOFT,
    NOTE,
    NOTE_STRONG,
    RULE_2,
    SUBTITLE,
    TITLE,
    Canvas,
    Style,
)
from cpi1540.briefing.charts.fonts import BOLD
from cpi1540.foundation.messages import Sentence, sentence

_PRACTICE = Style(13, CAUTION)
_PRACTICE_STRONG = Style(13, CAUTION, BOLD)
_TITLE_NARROW = Style(19, TITLE.colour, BOLD, 1.3)
_LEAD = Style(SUBTITLE.size, SUBTITLE.colour, BOLD)


@dataclass(frozen=True, slots=True)
class Words:
    """How to speak to the reader: a sentence in the reader's language, a whole number with its grouping, a
    fraction with two decimals or as a whole percentage, a day in words, all with Western digits; and several
    things one after another.
    """

    translate: Callable[[Sentence], str]
    number: Callable[[int], str]
    share: Callable[[float], str]
    day: Callable[[datetime.date], str]
    percent: Callable[[float], str]
    listed: Callable[[Iterable[str]], str]


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
    style = _TITLE_NARROW if canvas.narrow else TITLE
    top += 20 if canvas.narrow else 34
    for line in canvas.balanced(heading.title, style, canvas.text_width):
        canvas.text(canvas.margin, top + canvas.baseline(style), line, style)
        top += canvas.line_height(style)
    top += 8
    first, *others = heading.facts
    top = canvas.paragraph(canvas.margin, top, first, SUBTITLE, canvas.text_width, lead=(heading.scope, _LEAD))
    for fact in others:
        top = canvas.paragraph(canvas.margin, top, fact, SUBTITLE, canvas.text_width)
    return top


def draw_foot(canvas: Canvas, words: Words, top: float, method: str, source: str, practice: bool, office: str) -> float:
    """Method, source and notices from ``top`` on; gives the height of the whole picture."""
    top = canvas.paragraph(canvas.margin, top, method, NOTE, canvas.text_width)
    top += 16
    canvas.rule(top, RULE_2)
    top += 12
    strong, reason, whose = (words.translate(each) for each in notices(words, practice, office))
    top = canvas.paragraph(canvas.margin, top, reason, NOTE, canvas.text_width, lead=(strong, NOTE_STRONG))
    top = canvas.paragraph(canvas.margin, top, joined(canvas, (whose, source)), NOTE, canvas.text_width)
    return top + 28


def joined(canvas: Canvas, sentences: Sequence[str]) -> str:
    """Whole sentences one after the other; Chinese sets no space between them."""
    return joined_in(canvas.language.code, sentences)


def joined_in(language: str, sentences: Sequence[str]) -> str:
    """The same in the language of that code."""
    return ("" if language == "zh" else " ").join(sentences)


def _practice_band(canvas: Canvas, words: Words) -> float:
    strong, rest = (words.translate(each) for each in practice_notice())
    # The band is drawn first, and as high as its words turn out.
    indent = canvas.width_of(strong, _PRACTICE_STRONG) + 0.4 * _PRACTICE.size
    lines = canvas.lines(rest, _PRACTICE, canvas.text_width, indent)
    height = canvas.line_height(_PRACTICE) * len(lines) + 16
    canvas.box(0, 0, canvas.width, height, facecolor=CAUTION_SOFT, edgecolor="none")
    canvas.rule(height, CAUTION_LINE, 2, x=0, until=canvas.width)
    canvas.paragraph(canvas.margin, 8, rest, _PRACTICE, canvas.text_width, lead=(strong, _PRACTICE_STRONG))
    return height
