"""Packs made by hand, for the writers."""

import datetime
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any

from cpi1540.briefing.packs.pack import (
    Column,
    CountChart,
    Foot,
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

DAY = datetime.date(2026, 11, 24)
NAMES = {
    "en": ("Coverage by section", "Morwezi", "Measures are recorded in 121 of 308 applicable fields", "Reviewed"),
    "ar": ("التغطية حسب القسم", "مورويزي", "سُجِّلت تدابير في 121 من أصل 308 حقول منطبقة", "تمت مراجعتها"),
    "zh": ("各部分的覆盖率", "莫尔韦齐", "308个适用字段中有121个记录了措施", "已审查"),
    "ru": ("Охват по разделам", "Морвези", "Меры зафиксированы в 121 из 308 применимых полей", "Рассмотрено"),
}


def png() -> bytes:
    """A white picture of 20 x 10."""
    rows = b"".join(b"\x00" + b"\xff" * 60 for _ in range(10))

    def part(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", 20, 10, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", zlib.compress(rows)) + part(b"IEND", b"")


def intervals(code: str = "en") -> IntervalChart:
    title, _scope, _finding, _reviewed = NAMES[code]
    return IntervalChart(
        title,
        (
            Interval("OP 2", 0.575, 0.7083333333333334, 0.8, "OP 2: low 0.58, point 0.71, high 0.80"),
            Interval("OP 3 (a) (b)", 0.1, None, 0.9, "OP 3 (a) (b): low 0.10, high 0.90"),
            Interval("OP 1", None, None, None, "OP 1: no figure"),
        ),
        low="Up to low",
        to_point="Low to point",
        from_point="Point to high",
        no_point="Low to high, too little reviewed for a point",
        no_figure="no figure",
    )


def counts() -> CountChart:
    return CountChart("States by fields", ("0-30", "31-60"), ("2024", "2026"), ((3, 1), (4, 9)), upright=True)


def table(code: str = "en", rows: int = 3) -> Table:
    title, scope, _finding, reviewed = NAMES[code]
    columns = (Column(scope, 3), Column(reviewed, 1, "number"), Column("X", 1, "middle"))
    return Table(title, columns, tuple((f"{scope} {n}", str(n * 7), "X") for n in range(rows)), frozenset({rows - 1}))


def pack(code: str = "en", *, rows: int = 3, practice: bool = True, one_page: bool = False) -> Pack:
    title, scope, finding, reviewed = NAMES[code]
    facts = (f"{scope} (XAH). 24.11.2026.", f"n = 316; 240 / 308 {reviewed}.")
    notes = ("Method: low = X / A.", "Source: the practice record.")
    return Pack(
        Kind.STATE,
        f"{scope}: {title}",
        "24.11.2026",
        code,
        DAY,
        (
            Page(finding, facts, (intervals(code), table(code)), "low = X / A.", notes),
            Page(title, facts, (Text(finding, "strong"), counts(), Text("& <b>", "item")), "n", notes),
            Page(
                scope,
                facts,
                (Subheading(title), table(code, rows), Picture(png(), 20, 10, f"{scope}: white")),
                "",
                notes,
            ),
        ),
        Foot(
            "BP-0A1B2C3D",
            "24.11.2026",
            ("Not a measure of compliance.", "Working document."),
            "Practice data." if practice else "",
        ),
        Labels("Page", "(continued)", "Method", "Sources"),
        {"op2.low": 0.575, "op2.point": 0.7083333333333334},
        one_page,
    )


def texts_of(pack: Pack) -> Iterator[str]:
    """Every text of a pack, page by page, in reading order."""
    yield from (pack.title, pack.subtitle)
    for page in pack.pages:
        yield page.title
        yield from page.facts
        for block in page.blocks:
            yield from _strings(asdict(block) if is_dataclass(block) else block)
        yield page.method
        yield from page.notes
    yield from _strings(asdict(pack.foot))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, Sequence) and not isinstance(value, bytes):
        for each in value:
            yield from _strings(each)
