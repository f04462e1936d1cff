"""A bar table in the shape of the sheet: in columns for pages and slides, line below line for phones."""

from cpi1540.briefing.charts import bar_table_compact, bar_table_narrow, bar_table_wide
from cpi1540.briefing.charts.bar_lines import BarTable
from cpi1540.briefing.charts.bar_table_wide import draw_nothing
from cpi1540.briefing.charts.canvas import Canvas


def draw_bar_table(canvas: Canvas, table: BarTable, top: float) -> float:
    """The table from ``top`` on, or hatching with the reason where it has no line; gives the place where it ends."""
    if not table.lines:
        draw_nothing(canvas, canvas.margin, canvas.text_width, top + 16, table.nothing)
        canvas.hit(canvas.margin, top, canvas.text_width, 32, table.nothing or table.first)
        return top + 32
    if canvas.narrow and table.compact:
        return bar_table_compact.draw(canvas, table, top)
    if canvas.narrow:
        return bar_table_narrow.draw(canvas, table, top)
    return bar_table_wide.draw(canvas, table, top)
