"""The slide master of a deck: the office's own, or a plain one made here.

The plain one has two layouts, for the first slide and for all others, on a white ground in the colours of the
portal. Of the office's own master the title's place, the fonts and the colours are taken.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as PresentationType
from pptx.util import Emu, Inches

_THEME = "application/vnd.openxmlformats-officedocument.theme+xml"
_TEMPLATE = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
_COLOURS = {
    "dk1": "1B1F22",
    "lt1": "FFFFFF",
    "dk2": "0B5A63",
    "lt2": "F4F5F4",
    "accent1": "0B5A63",
    "accent2": "5A8F95",
    "accent3": "6D4E00",
    "accent4": "9C231B",
    "accent5": "5F666B",
    "accent6": "B8BEC0",
    "hlink": "0B5A63",
    "folHlink": "454C51",
}
_FACES = {"latin": "Arial", "ea": "Microsoft YaHei", "cs": "Arial"}
_USUAL_TITLE = 44.0
WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
# Less room than this between title and foot holds no chart and no row of a table.
_LEAST_WIDTH, _LEAST_HEIGHT = Inches(4), Inches(2)


class NoTitle(ValueError):
    """A slide master without a layout that has a title."""


class NoRoom(ValueError):
    """A slide master that leaves no room between the title and the foot."""


@dataclass(frozen=True, slots=True)
class Master:
    """A deck without slides, the layouts to use, and where what stands between title and foot may be (EMU)."""

    deck: PresentationType
    first: Any
    other: Any
    left: int
    top: int
    width: int
    bottom: int
    own: bool  # the office's
    # Of the office's own: how large its titles are, in points, and what room they have (EMU).
    title_size: float = 24.0
    title_room: tuple[int, int] = (0, 0)


def plain_master() -> Master:
    """The master made here: nothing but a title and room below it."""
    deck = Presentation()
    package = deck.part.package
    for rid, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of the library's own slide
            package._rels.pop(rid)
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    first, other = deck.slide_layouts[0], deck.slide_layouts[5]
    for layout in list(deck.slide_layouts):
        if layout not in (first, other):
            deck.slide_layouts.remove(layout)
    master = deck.slide_master
    for holder in (master, first, other):
        for shape in list(holder.placeholders):
            kind = shape._element.ph.get("type")
            if kind in ("dt", "ftr", "sldNum") or (kind == "body" and holder is master):
                shape._element.getparent().remove(shape._element)
    left, width = Inches(0.6), WIDTH - Inches(1.2)
    _place(master, "title", left, Inches(0.42), width, Inches(0.85), anchor="b")
    _place(first, "ctrTitle", left, Inches(1.9), width, Inches(1.5), anchor="b")
    _place(first, "subTitle", left, Inches(3.5), width, Inches(1.2), anchor="t")
    style = master._element.find(qn("p:txStyles"))
    title = style.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2400")
    title.find(qn("a:defRPr")).set("b", "1")
    _theme(deck)
    _first_sizes(first)
    return Master(deck, first, other, left, Inches(1.32), width, Inches(6.5), own=False)


def own_master(content: bytes) -> Master:
    """The office's master from a .pptx or a .potx that was checked before; its slides are left out.

    NoTitle when it has no layout with a title; NoRoom when its slides are too small; ValueError, or what the library
    raises, when it cannot be read.
    """
    deck = Presentation(io.BytesIO(as_slides(content)))
    if not any(relation.reltype == RELATIONSHIP_TYPE.THEME for relation in deck.slide_master.part.rels.values()):
        raise ValueError("the slide master has no theme")
    for place in list(deck.slides._sldIdLst):
        deck.part.drop_rel(place.rId)
        deck.slides._sldIdLst.remove(place)
    by_type = {layout._element.get("type", ""): layout for layout in reversed(list(deck.slide_layouts))}
    titled = [layout for layout in deck.slide_layouts if _title_of(layout) is not None]
    if not titled:
        raise NoTitle("no layout has a title")
    other = by_type.get("titleOnly") or by_type.get("obj") or titled[-1]
    first = by_type.get("title") or other
    if _title_of(other) is None:
        other = titled[-1]
    title = _title_of(other)
    width, height = deck.slide_width or WIDTH, deck.slide_height or HEIGHT
    margin = Emu(int(title.left or width // 20))
    top = Emu(int(title.top or 0) + int(title.height or height // 8))
    room = (int(title.width or width - 2 * margin), int(title.height or height // 8))
    found = Master(
        deck, first, other, margin, top, width - 2 * margin, height - Inches(1.0), True, _title_size(other, title), room
    )
    if found.width < _LEAST_WIDTH or found.bottom - found.top < _LEAST_HEIGHT:
        raise NoRoom(f"{found.width} x {found.bottom - found.top}")
    return found


def as_slides(content: bytes) -> bytes:
    """A template as a presentation: the two differ in the type of their main part alone."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(_TEMPLATE.encode(), _SLIDES.encode())
            target.writestr(name, part)
    return made.getvalue()


def _title_size(layout: Any, title: Any) -> float:
    """The size of a layout's titles in points: its own, else that of the master's style."""
    style = layout.slide_master._element.find(f"{qn('p:txStyles')}/{qn('p:titleStyle')}")
    for holder in (title._element, style):
        marks = None if holder is None else holder.find(f".//{qn('a:lvl1pPr')}/{qn('a:defRPr')}")
        if marks is not None and marks.get("sz"):
            return int(marks.get("sz")) / 100
    return _USUAL_TITLE


def _title_of(layout: Any) -> Any:
    for shape in layout.placeholders:
        if shape._element.ph.get("type") in ("title", "ctrTitle"):
            return shape
    return None


def _place(holder: Any, kind: str, left: int, top: int, width: int, height: int, anchor: str) -> None:
    for shape in holder.placeholders:
        if shape._element.ph.get("type") == kind:
            shape.left, shape.top, shape.width, shape.height = left, top, width, height
            body = shape._element.txBody.find(qn("a:bodyPr"))
            body.set("anchor", anchor)
            for side in ("lIns", "rIns"):
                body.set(side, "0")


def _first_sizes(first: Any) -> None:
    for shape in first.placeholders:
        size, bold, colour = (
            ("3200", "1", "tx1") if shape._element.ph.get("type") == "ctrTitle" else ("1800", "0", "tx2")
        )
        styles = shape._element.txBody.find(qn("a:lstStyle"))
        for child in list(styles):
            styles.remove(child)
        level = etree.SubElement(styles, qn("a:lvl1pPr"), marL="0", indent="0", algn="l")
        etree.SubElement(level, qn("a:buNone"))
        run = etree.SubElement(level, qn("a:defRPr"), sz=size, b=bold)
        fill = etree.SubElement(run, qn("a:solidFill"))
        etree.SubElement(fill, qn("a:schemeClr"), val=colour)


def _theme(deck: PresentationType) -> None:
    """Colours and faces, in the master's theme."""
    for relation in deck.slide_master.part.rels.values():
        part = relation.target_part
        if part.content_type != _THEME:
            continue
        theme = etree.fromstring(part.blob)
        for name, colour in _COLOURS.items():
            element = theme.find(f".//{qn(f'a:{name}')}")
            for child in list(element):
                element.remove(child)
            etree.SubElement(element, qn("a:srgbClr"), val=colour)
        for fonts in (theme.find(f".//{qn('a:majorFont')}"), theme.find(f".//{qn('a:minorFont')}")):
            for name, face in _FACES.items():
                fonts.find(qn(f"a:{name}")).set("typeface", face)
            for each in fonts.findall(qn("a:font")):
                fonts.remove(each)
        part._blob = etree.tostring(theme, xml_declaration=True, encoding="UTF-8", standalone=True)
