"""Native charts of a deck: bars that can be edited in the office's program, mirrored in Arabic.

An interval is a stacked bar: nothing up to low, a dark part up to the point, a light one up to high; dashed
and empty where no point is given. In grey they differ by lightness and outline.
"""

import re
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt

from cpi1540.briefing.packs import fitting
from cpi1540.briefing.packs.pack import CountChart, IntervalChart

_DARK, _LIGHT, _LINE = RGBColor(0x5A, 0x8F, 0x95), RGBColor(0xD5, 0xE6, 0xE7), RGBColor(0x0B, 0x5A, 0x63)
_INK, _EDGE, _RULE = RGBColor(0x1B, 0x1F, 0x22), RGBColor(0x7B, 0x7F, 0x7E), RGBColor(0xDC, 0xD9, 0xD0)
_PAPER = RGBColor(0xFF, 0xFF, 0xFF)
DARK = str(_DARK)
_BRACKET = re.compile(r"(\d) \(")
# Labels get this share of a chart's width at most, and longer ones a second line.
_MOST_LABELS = 0.42
_POINT = 12700  # EMU
# The library's numbers of axes are negative, which the format does not allow.
_AXES = {"-2068027336": "1001", "-2113994440": "1002"}


def add_intervals(
    shapes: Any, chart: IntervalChart, place: tuple[int, int, int, int], rtl: bool, size: float = 11
) -> Any:
    """The chart at ``place`` (left, top, width, height); gives its frame."""
    data = CategoryChartData(number_format="0.00")
    data.categories = [_label(each, rtl) for each in chart.labels]
    data.add_series(chart.low, [line.low for line in chart.lines])
    pointed = [line.point is not None for line in chart.lines]
    data.add_series(
        chart.to_point,
        [_apart(line.low, line.point) if has else None for line, has in zip(chart.lines, pointed, strict=True)],
    )
    data.add_series(
        chart.from_point,
        [_apart(line.point, line.high) if has else None for line, has in zip(chart.lines, pointed, strict=True)],
    )
    data.add_series(
        chart.no_point,
        [None if has else _apart(line.low, line.high) for line, has in zip(chart.lines, pointed, strict=True)],
    )
    frame = shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *place, data)
    made = frame.chart
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 45, 100
    low, to_point, from_point, no_point = plot.series
    low.format.fill.background()
    low.format.line.fill.background()
    for series, colour in ((to_point, _DARK), (from_point, _LIGHT), (no_point, _PAPER)):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.format.line.color.rgb = _EDGE if series is no_point else _LINE
        series.format.line.width = Pt(0.75)
    no_point.format.line.dash_style = MSO_LINE.DASH
    _mark_ends(to_point)
    axis = made.value_axis
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = 0, 1, 0.25
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0.00", False
    _common(made, rtl, size, lying=True)
    _inside(made, chart, place, rtl, size, scale=True)
    _describe(frame, chart.title, "\n".join((chart.title, *(line.said for line in chart.lines))))
    return frame


def add_counts(shapes: Any, chart: CountChart, place: tuple[int, int, int, int], rtl: bool, size: float = 11) -> Any:
    """Bars of counts at ``place``, each with its number; gives its frame."""
    data = CategoryChartData(number_format="0")
    data.categories = [_label(each, rtl) for each in chart.labels]
    for position, name in enumerate(chart.names):
        data.add_series(name, [values[position] for values in chart.values])
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED if chart.upright else XL_CHART_TYPE.BAR_CLUSTERED
    frame = shapes.add_chart(kind, *place, data)
    made = frame.chart
    plot = made.plots[0]
    plot.gap_width, plot.overlap = 50, 0
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(size)
    plot.data_labels.font.color.rgb = _INK
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = "#,##0", False
    for series, colour in zip(plot.series, (_LIGHT, _DARK) if len(chart.names) > 1 else (_DARK,), strict=True):
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = colour
        series.format.line.color.rgb = _LINE
        series.format.line.width = Pt(0.75)
    axis = made.value_axis
    axis.minimum_scale = 0
    # Room for the number at the end of the longest bar.
    axis.maximum_scale = -(-chart.end * 112 // 100)
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "0", False
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    _common(made, rtl, size, lying=not chart.upright)
    if not chart.upright:
        _inside(made, chart, place, rtl, size, scale=False)
    # Each bar says its number.
    axis.has_major_gridlines = False
    _describe(frame, chart.title, chart.said)
    return frame


def _label(text: str, rtl: bool) -> str:
    """A label as programs set it right: between a number and a bracket LibreOffice loses its place in Arabic."""
    return _BRACKET.sub("\\1 \u200f(", text) if rtl else text


def _mark_ends(series: Any) -> None:
    """A tick where each bar of the series ends, so that a point is seen where low, point and high are one."""
    line = f'<a:ln w="28575"><a:solidFill><a:srgbClr val="{_LINE}"/></a:solidFill></a:ln>'
    bars = parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errBarType val="plus"/><c:errValType val="fixedVal"/>'
        f'<c:noEndCap val="0"/><c:val val="0.004"/><c:spPr>{line}</c:spPr></c:errBars>'
    )
    series._element.cat.addprevious(bars)


def key(chart: IntervalChart | CountChart) -> tuple[tuple[str, str, bool], ...]:
    """What the bars mean: (fill as RRGGBB, its meaning, whether dashed), for those that are there.

    Programs order their own keys as they like, and would name the part up to low too, which is not drawn.
    """
    if isinstance(chart, CountChart):
        fills = (_LIGHT, _DARK) if len(chart.names) > 1 else ()
        return tuple((str(fill), name, False) for fill, name in zip(fills, chart.names, strict=False))
    pointed = any(line.point is not None for line in chart.lines)
    open_ended = any(line.point is None and line.low is not None for line in chart.lines)
    parts = ((str(_DARK), chart.to_point, False), (str(_LIGHT), chart.from_point, False)) if pointed else ()
    return (*parts, (str(_PAPER), chart.no_point, True)) if open_ended else parts


def _apart(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start


def _common(made: Any, rtl: bool, size: float, *, lying: bool) -> None:
    made.has_title = False
    made.font.size, made.font.color.rgb = Pt(size), _INK
    made.has_legend = False
    made.plots[0].vary_by_categories = False
    value, category = made.value_axis, made.category_axis
    value.has_major_gridlines = True
    value.major_gridlines.format.line.color.rgb = _RULE
    value.major_gridlines.format.line.width = Pt(0.5)
    value.major_tick_mark = category.major_tick_mark = XL_TICK_MARK.NONE
    value.format.line.fill.background()
    category.format.line.color.rgb = _EDGE
    if lying:
        # The first line on top, and the scale below all the same: where the last line is.
        category.reverse_order = True
        value._element.find(qn("c:crosses")).set("val", "max")
        value.reverse_order = rtl
    else:
        category.reverse_order = rtl
    # Each line keeps its name, however many there are.
    category._element.find(qn("c:noMultiLvlLbl")).addprevious(parse_xml(f'<c:tickLblSkip {nsdecls("c")} val="1"/>'))
    crosses = value._element.find(qn("c:crosses"))
    if value._element.find(qn("c:crossBetween")) is None:
        crosses.addnext(parse_xml(f'<c:crossBetween {nsdecls("c")} val="between"/>'))
    for numbered in made._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        numbered.set("val", _AXES.get(numbered.get("val"), numbered.get("val")))
    if rtl:
        for properties in made._chartSpace.iter(qn("a:pPr")):
            properties.set("rtl", "1")


def _inside(
    made: Any, chart: IntervalChart | CountChart, place: tuple[int, int, int, int], rtl: bool, size: float, *,
    scale: bool,
) -> None:  # fmt: skip
    """Where the bars stand inside the frame: the same for all parts of a chart, whatever a program makes of labels."""
    _left, _top, width, height = place
    widest = max((fitting.width_of(label, size) for label in chart.beside or chart.labels), default=0.0)
    labels = min(_MOST_LABELS, (widest + 10) * _POINT / width)
    end, top = 0.045, 0.02
    below = (size * 1.9 * _POINT) / height if scale else 0.02
    sides = {"x": end if rtl else labels, "y": top, "w": 1 - labels - end, "h": 1 - top - below}
    inner = "".join(f'<c:{side} val="{value:.4f}"/>' for side, value in sides.items())
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
        f'<c:yMode val="edge"/>{inner}</c:manualLayout></c:layout>'
    )
    area = made._chartSpace.chart.plotArea
    for old in area.findall(qn("c:layout")):
        area.remove(old)
    area.insert(0, layout)


def _describe(frame: Any, name: str, words: str) -> None:
    properties = frame._element.nvGraphicFramePr.cNvPr
    properties.set("name", name[:80])
    properties.set("descr", words)
