"""The first sheet of a workbook: whose matrix it is, how far it is filled, and how to fill it in."""

from collections.abc import Mapping
from typing import Any

from cpi1540.exchange import messages
from cpi1540.exchange.sheet_style_xlsx import Looks, height_of, lines_of
from cpi1540.exchange.wording import Wording
from cpi1540.exchange.workbook_head import WorkbookHead, version_text
from cpi1540.foundation.messages import Sentence
from cpi1540.matrix.layout import Confidence, Layout
from cpi1540.matrix.record import NOT_REVIEWED, Matrix

_NARROW, _NAME, _TEXT = 3.0, 34.0, 96.0


def write_cover(
    sheet: Any,
    matrix: Matrix,
    layout: Layout,
    head: WorkbookHead,
    wording: Wording,
    looks: Looks,
    names: Mapping[str, str],
) -> None:
    """Fill the cover; ``names`` gives the sheet of each section."""
    cover = CoverWriting(sheet, wording, looks)
    cover.line(wording.say(Sentence(messages.MATRIX_OF, {"state": head.state_name})), looks.title, 26)
    if matrix.version.practice:
        cover.boxed(wording.say(messages.PRACTICE_NOTICE))
    cover.boxed(f"{wording.say(messages.DISCLAIMER)} {wording.say(messages.DISCLAIMER_WHY)}")
    cover.boxed(head.notice)
    cover.skip(8)
    for name, text in _facts(matrix, layout, head, wording):
        cover.fact(name, text)
    cover.heading(wording.say(messages.SECTIONS))
    for section in layout.sections:
        fields = [field for field in layout.fields if field.section == section.code]
        reviewed = sum(matrix.entries.get(field.key, NOT_REVIEWED).code is not None for field in fields)
        title = wording.of(section.titles)
        count = {"reviewed": str(reviewed), "fields": str(len(fields))}
        told = f"{wording.say(messages.REVIEWED)}: {wording.say(Sentence(messages.REVIEWED_OF, count))}"
        cover.link(names[section.code], f"{title}\n{told}")
    cover.heading(wording.say(messages.CODES))
    for spelling, meaning in messages.CODE_MEANINGS.items():
        cover.code(spelling or wording.say(messages.NOT_REVIEWED_SPELLING), wording.say(meaning))
    cover.heading(wording.say(messages.HOW_TO_FILL))
    for number, step in enumerate(messages.STEPS, start=1):
        cover.step(str(number), wording.say(step))
    cover.end()


def _facts(matrix: Matrix, layout: Layout, head: WorkbookHead, wording: Wording) -> list[tuple[str, str]]:
    say, version = wording.say, matrix.version
    title = wording.of(layout.titles)
    provisional = f" {say(messages.PROVISIONAL_LAYOUT)}" if layout.confidence is Confidence.REMEMBERED else ""
    facts = [
        (say(messages.STATE), f"{head.state_name} ({version.state})"),
        (say(messages.LAYOUT), f"{title}.{provisional}"),
        (say(messages.VERSION), version_text(version, wording)),
    ]
    if version.approved_on:
        facts.append((say(messages.APPROVED), wording.day(version.approved_on)))
    if version.symbol:
        facts.append((say(messages.SYMBOL), version.symbol))
    if version.as_of:
        facts.append((say(messages.AS_OF), wording.day(version.as_of)))
    return [*facts, *head.facts, (say(messages.EXPORTED), wording.day(head.made_at.date()))]


class CoverWriting:
    """Writes a first sheet from top to bottom: headings, facts, links, codes, steps."""

    def __init__(self, sheet: Any, wording: Wording, looks: Looks) -> None:
        self.sheet, self.wording, self.looks = sheet, wording, looks
        self.place = 0
        sheet.set_portrait()
        for column, width in enumerate((_NARROW, _NAME, _TEXT)):
            sheet.set_column(column, column, width)
        self.skip(8)

    def skip(self, height: float) -> None:
        """An empty row."""
        self.sheet.set_row(self.place, height)
        self.place += 1

    def line(self, text: str, look: Any, height: float) -> None:
        """A title."""
        self.sheet.set_row(self.place, height)
        self.sheet.write_string(self.place, 1, text, look)
        self.place += 1

    def heading(self, text: str) -> None:
        """A heading over what follows."""
        self.skip(12)
        self.sheet.set_row(self.place, 18)
        self.sheet.write_string(self.place, 1, text, self.looks.heading)
        self.sheet.write_blank(self.place, 2, None, self.looks.heading)
        self.place += 1

    def boxed(self, text: str) -> None:
        """A text over both columns that is not to be missed."""
        self.sheet.merge_range(self.place, 1, self.place, 2, text, self.looks.strong)
        self._row(lines_of(text, _NAME + _TEXT))

    def fact(self, name: str, text: str) -> None:
        """A name and its value."""
        self.sheet.write_string(self.place, 1, name, self.looks.fact_name)
        self.sheet.write_string(self.place, 2, text, self.looks.fact)
        self._row(lines_of(text, _TEXT))

    def link(self, name: str, text: str) -> None:
        """A link to a sheet, and what stands there."""
        target = "internal:'" + name.replace("'", "''") + "'!C2"
        self.sheet.write_url(self.place, 1, target, self.looks.link, name)
        self.sheet.write_string(self.place, 2, text, self.looks.fact)
        self._row(lines_of(text, _TEXT))

    def code(self, spelling: str, meaning: str) -> None:
        """A code and its meaning."""
        self.sheet.write_string(self.place, 1, spelling, self.looks.sample)
        self.sheet.write_string(self.place, 2, meaning, self.looks.fact)
        self._row(lines_of(meaning, _TEXT))

    def step(self, number: str, text: str) -> None:
        """A numbered paragraph."""
        self.sheet.write_string(self.place, 0, number, self.looks.step)
        self.sheet.merge_range(self.place, 1, self.place, 2, text, self.looks.paragraph)
        self._row(lines_of(text, _NAME + _TEXT))

    def end(self) -> None:
        """Print what was written."""
        self.sheet.print_area(0, 0, self.place - 1, 2)

    def _row(self, lines: int) -> None:
        self.sheet.set_row(self.place, height_of(lines) + 2)
        self.place += 1
