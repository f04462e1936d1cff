"""The numbers behind a chart as files: CSV for programs, a workbook for people."""

import csv
import io

from cpi1540.briefing.charts.chart import Cell, Chart, Table, Thin
from cpi1540.briefing.charts.frame import joined_in, notices, practice_notice
from cpi1540.briefing.recipe import shown_figures
from cpi1540.briefing.service.pictures import words
from cpi1540.coverage.figures_xlsx import figures_workbook
from cpi1540.foundation.files.csv_guard import guarded
from cpi1540.foundation.languages import current_language, number, say, share
from cpi1540.foundation.messages import sentence

NOTHING = "–"


def numbers_xlsx(chart: Chart) -> bytes:
    """The numbers as a workbook, what they rest on above them; the sheet begins at the right in Arabic."""
    table = chart.table(words())
    heads = [column.head for column in table.columns]
    rtl = current_language().direction == "rtl"
    title = words().translate(chart.finding(words()))
    return figures_workbook(title, notes(chart), heads, table.rows, rtl=rtl, created=chart.ground.as_of)


def numbers_csv(chart: Chart) -> bytes:
    """The numbers as CSV in UTF-8: the table, then an empty line and what it rests on, a line each."""
    return _csv(chart.table(words()), notes(chart))


def shown_numbers(chart: Chart) -> dict[str, str]:
    """The numbers as pages show them, each by its row and its column; empty where there are too many to keep."""
    table = chart.table(words())
    heads = [column.head for column in table.columns]
    return shown_figures(
        (f"{', '.join([str(row[0]), *(cell for cell in row[1:] if isinstance(cell, str))])} · {head}", shown_cell(cell))
        for row in table.rows
        for head, cell in zip(heads[1:], row[1:], strict=True)
        if not isinstance(cell, str)
    )


def shown_cell(value: Cell) -> str:
    """A value as a page shows it: shares with two decimals, a dash for no figure."""
    if value is None or isinstance(value, Thin):
        return NOTHING
    if isinstance(value, str):
        return value
    return number(value) if isinstance(value, int) else share(value)


def notes(chart: Chart) -> list[str]:
    """What the numbers rest on: finding, scope, days, n, method, source, what they are not."""
    spoken, code = words(), current_language().code
    practice = [[spoken.translate(each) for each in practice_notice()]] if chart.ground.practice else []
    facts = [[spoken.translate(each) for each in line] for line in chart.facts(spoken) if line]
    what_not = [spoken.translate(each) for each in notices(spoken, chart.ground.practice, chart.ground.office)]
    lines = [
        *practice,
        [spoken.translate(chart.finding(spoken))],
        [say(sentence("Scope: %(scope)s", scope=chart.ground.scope))],
        *facts,
        [spoken.translate(each) for each in chart.method(spoken)],
        [spoken.translate(chart.source(spoken))],
        what_not,
    ]
    if chart.ground.recipe:
        lines.append([say(sentence("To rebuild it: %(recipe)s.", recipe=chart.ground.recipe))])
    return [joined_in(code, line) for line in lines]


def _csv(table: Table, below: list[str]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow([guarded(column.head) for column in table.columns])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    writer.writerow([])
    writer.writerows([guarded(note)] for note in below)
    return file.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str | int | float | None:
    if isinstance(cell, str):
        return guarded(cell)
    return round(cell, 4) if isinstance(cell, float) else cell
