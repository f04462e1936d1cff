"""Bands between columns of names: each as thick as what runs through it, without a crossing that could be avoided."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.patches import PathPatch
from matplotlib.path import Path

from cpi1540.briefing.charts.bars import MIDDLE, SOLID, STRIPED, Look, bar
from cpi1540.briefing.charts.canvas import (
    ACCENT,
    HEAD,
    INK_3,
    LABEL,
    NUMBER_SOFT,
    RULE_2,
    SUNKEN,
    Canvas,
    Style,
)

_NODE = 10.0
_SLOT, _SLOT_ON_SLIDE = 8.0, 3.0
_NAMES, _NAMES_ON_SLIDE = (200.0, 160.0, 225.0), (240.0, 210.0, 330.0)
_HEIGHT = 460.0
_LEAST = 3.0  # the thickness of one need, at least and at most
_MOST = 26.0
# How much wider a column gets for a long word.
_MORE = 60.0
_LEAST_ON_SLIDE, _KEY = 0.5, 48.0
_INSIDE = 8.0
# What reaches a provider lies dark on what does not.
BAND = Look("band", MIDDLE.face, ACCENT)
OPEN = Look("open", SUNKEN, RULE_2)
_LABEL = Style(13.5, LABEL.colour, leading=1.3)

# (from, to, unmatched) -> how much runs there
Bands = Mapping[tuple[str, str, bool], int]
Number = Callable[[int], str]
Said = Callable[[str, str, int], str]


@dataclass(frozen=True, slots=True)
class _Node:
    """One name laid out: its lines, what runs through it, where its bar stands."""

    name: str
    lines: tuple[str, ...]
    amount: int
    top: float
    height: float

    @property
    def middle(self) -> float:
        return self.top + self.height / 2


def draw_bands(
    canvas: Canvas,
    heads: tuple[str, ...],
    columns: tuple[tuple[str, ...], ...],
    bands: tuple[Bands, Bands],
    top: float,
    number: Number,
    said: Said,
    unmatched: str,
) -> float:
    """Three columns of names with their bands, from ``top`` on; gives the place where they end.

    ``said`` puts a band into words. ``unmatched`` is the name in the last column for what reaches nobody.
    """
    labels: tuple[float, ...] = _NAMES if canvas.room is None else _NAMES_ON_SLIDE
    slot = _SLOT if canvas.room is None else _SLOT_ON_SLIDE
    first, second = bands
    beside = canvas.width_of("000", NUMBER_SOFT) + _INSIDE
    labels = tuple(
        max(width, min(canvas.widest([word for name in names for word in name.split(" ")], _LABEL) * 1.03 + beside,
                       width + _MORE))
        for names, width in zip(columns, labels, strict=True)
    )  # fmt: skip
    amounts = (
        _amounts(first, 0),
        _amounts(second, 0),
        _amounts(second, 1),
    )
    room = (canvas.text_width - sum(labels) - 4 * _NODE - 4 * _INSIDE) / 2
    area = canvas.margin + labels[0] + _INSIDE
    kind = area + _NODE + room
    beyond = kind + _NODE + 2 * _INSIDE + labels[1]
    provider = beyond + _NODE + room
    # A kind has a bar on both sides of its name: its bands come to the one and leave from the other.
    bars = ((area,), (kind, beyond), (provider,))
    places = (canvas.margin, kind + _NODE + _INSIDE, provider + _NODE + _INSIDE)
    for head, x, width in zip(heads, places, labels, strict=True):
        canvas.paragraph(x, top, head, HEAD, width)
    top += canvas.line_height(HEAD) + 4
    canvas.rule(top, INK_3)
    top += 14
    unit = min(max(_HEIGHT / max(sum(amounts[0].values()), 1), _LEAST), _MOST)
    while True:
        laid = [
            _stack(canvas, names, amount, unit, width, slot)
            for names, amount, width in zip(columns, amounts, labels, strict=True)
        ]
        deepest = max(nodes[-1].top + nodes[-1].height for nodes in laid)
        # On a slide the bands get thinner until all names have room.
        if canvas.room is None or unit <= _LEAST_ON_SLIDE or top + deepest + _KEY <= canvas.room:
            break
        unit = max(unit * 0.92, _LEAST_ON_SLIDE)
    columns_laid = [_spread(nodes, deepest, top) for nodes in laid]
    for place, between in enumerate((first, second)):
        _between(canvas, columns_laid[place], columns_laid[place + 1], between,
                 (bars[place][-1] + _NODE, bars[place + 1][0]), unit, said)  # fmt: skip
    for column, nodes in enumerate(columns_laid):
        for node in nodes:
            look = STRIPED if column == len(labels) - 1 and node.name == unmatched else SOLID
            for start in bars[column]:
                bar(canvas, look, start, start + _NODE, node.middle, node.amount * unit, 6)
            _name(canvas, node, places[column], number, area - _INSIDE if column == 0 else None)
    bottom = max(nodes[-1].top + nodes[-1].height for nodes in columns_laid)
    canvas.rule(bottom + 10, INK_3)
    return bottom + 10


def _amounts(bands: Bands, end: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for key, amount in bands.items():
        found[str(key[end])] = found.get(str(key[end]), 0) + amount
    return found


def _stack(
    canvas: Canvas, names: Sequence[str], amounts: Mapping[str, int], unit: float, width: float, slot: float
) -> list[_Node]:
    """The names one below the other, each with room for its bar and for its lines."""
    nodes, top = [], 0.0
    step = canvas.line_height(_LABEL)
    for name in names:
        number = canvas.width_of("000", NUMBER_SOFT) + _INSIDE
        lines = tuple(canvas.balanced(name, _LABEL, width - number))
        height = max(amounts[name] * unit, step * len(lines))
        nodes.append(_Node(name, lines, amounts[name], top, height))
        top += height + slot
    return nodes


def _spread(nodes: Sequence[_Node], deepest: float, top: float) -> list[_Node]:
    """The same over the whole depth: the room that is left stands between the names."""
    last = nodes[-1]
    left = deepest - (last.top + last.height)
    each = left / len(nodes)
    return [
        _Node(node.name, node.lines, node.amount, top + node.top + each * (place + 0.5), node.height)
        for place, node in enumerate(nodes)
    ]


def _between(
    canvas: Canvas,
    before: Sequence[_Node],
    after: Sequence[_Node],
    bands: Bands,
    places: tuple[float, float],
    unit: float,
    said: Said,
) -> None:
    leaving = {node.name: node.middle - node.amount * unit / 2 for node in before}
    coming = {node.name: node.middle - node.amount * unit / 2 for node in after}
    order = {node.name: place for place, node in enumerate(after)}
    source = {node.name: place for place, node in enumerate(before)}
    tops: dict[tuple[str, str, bool], float] = {}
    # What runs to the first name leaves first; what is not matched leaves last. So bands of one name never cross.
    for key in sorted(bands, key=lambda key: (source[key[0]], key[2], order[key[1]])):
        tops[key] = leaving[key[0]]
        leaving[key[0]] += bands[key] * unit
    for key in sorted(bands, key=lambda key: (order[key[1]], key[2], source[key[0]])):
        thick = bands[key] * unit
        _band(canvas, places, (tops[key], coming[key[1]]), thick, unmatched=key[2], value=said(*key[:2], bands[key]))
        coming[key[1]] += thick


def _band(
    canvas: Canvas,
    places: tuple[float, float],
    tops: tuple[float, float],
    thick: float,
    *,
    unmatched: bool,
    value: str,
) -> None:
    (start, end), (top, after) = places, tops
    middle = (start + end) / 2
    corners = [
        (start, top),
        (middle, top),
        (middle, after),
        (end, after),
        (end, after + thick),
        (middle, after + thick),
        (middle, top + thick),
        (start, top + thick),
        (start, top),
    ]
    codes = [Path.MOVETO, *[Path.CURVE4] * 3, Path.LINETO, *[Path.CURVE4] * 3, Path.CLOSEPOLY]
    look = OPEN if unmatched else BAND
    drawn = PathPatch(
        Path(corners, codes),
        facecolor=look.face,
        edgecolor=look.edge,
        linewidth=0.5,
        transform=canvas.down,
        label=look.name,
        zorder=2 if unmatched else 3,
    )
    canvas.put(drawn)
    canvas.mark(drawn, value)


def _name(canvas: Canvas, node: _Node, x: float, number: Number, end: float | None) -> None:
    """The name and what runs through it: the number at ``end``, or after the first line."""
    step = canvas.line_height(_LABEL)
    first = node.middle - step * len(node.lines) / 2 + canvas.baseline(_LABEL)
    for place, text in enumerate(node.lines):
        canvas.text(x, first + place * step, text, _LABEL)
    if end is not None:
        canvas.text(end, first, number(node.amount), NUMBER_SOFT, "end")
    else:
        after = x + canvas.width_of(node.lines[0], _LABEL) + _INSIDE
        canvas.text(after, first, number(node.amount), NUMBER_SOFT)
