"""A bar table in the shape of the sheet: in columns for pages and slides, line below line for phones."""

from cpi1540.briefing.charts import bar_table_narrow, bar_table_wide
from cpi1540.briefing.charts.bar_lines import BarTable
from cpi1540.briefing.charts.canvas import Canvas


def draw_bar_table(canvas: Canvas, table: BarTable, top: float) -> float:
    """The table from ``top`` on; gives the place where it ends."""
    if canvas.narrow:
        return bar_table_narrow.draw(canvas, table, top)
    return bar_table_wide.draw(canvas, table, top)
