"""The parts of decks and documents as strict readers want them: order of children, names, types, relations.

Microsoft's programs offer to repair a file, or refuse it, where LibreOffice and the libraries read over a fault.
"""

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

import openpyxl
import pytest
from defusedxml import ElementTree
from pack_cases import counts, pack
from pptx import Presentation

from cpi1540.briefing.packs.deck_pptx import write_deck
from cpi1540.briefing.packs.pack import Column, Pack, Table
from cpi1540.briefing.packs.pack_docx import write_document

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_C = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_P = "http://schemas.openxmlformats.org/presentationml/2006/main"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_R = "http://schemas.openxmlformats.org/package/2006/relationships"
_OUTER = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

# (namespace, element) -> its children in the order of ISO/IEC 29500-1 (the clause stands beside), as far as they are
# written here; what is not named may not stand in it.
SEQUENCES = {
    # 17.3.1.26 pPr
    (_W, "pPr"): "pStyle keepNext keepLines pageBreakBefore pBdr shd tabs bidi spacing ind contextualSpacing jc rPr",
    # 17.3.2.28 rPr
    (_W, "rPr"): "rStyle rFonts b bCs i iCs strike vanish color spacing sz szCs u shd rtl lang",
    # 17.4.60 tblPr, 17.4.82 trPr, 17.4.70 tcPr, 17.4.42 tblCellMar, 17.4.68 tcMar, 17.4.38 tblBorders
    (_W, "tblPr"): "tblStyle bidiVisual tblW jc tblInd tblBorders shd tblLayout tblCellMar tblLook",
    (_W, "trPr"): "cantSplit tblHeader",
    (_W, "tcPr"): "tcW gridSpan vMerge tcBorders shd noWrap tcMar vAlign",
    (_W, "tblCellMar"): "top left bottom right",
    (_W, "tblBorders"): "top left bottom right insideH insideV",
    # 17.6.17 sectPr
    (_W, "sectPr"): "headerReference footerReference type pgSz pgMar cols titlePg bidi rtlGutter docGrid",
    # 20.4.2.8 inline
    (_WP, "inline"): "extent effectExtent docPr cNvGraphicFramePr graphic",
    # 21.1.3.13 tbl, 21.1.3.15 tblPr, 21.1.3.16 tc, 21.1.3.17 tcPr
    (_A, "tbl"): "tblPr tblGrid tr",
    (_A, "tc"): "txBody tcPr",
    (_A, "tcPr"): "lnL lnR lnT lnB lnTlToBr lnBlToTr noFill solidFill",
    # 21.1.2.2.6 p, 21.1.2.2.7 pPr, 21.1.2.3.9 rPr
    (_A, "p"): "pPr r br fld endParaRPr",
    (_A, "pPr"): "lnSpc spcBef spcAft buNone buChar tabLst defRPr",
    (_A, "rPr"): "ln noFill solidFill latin ea cs hlinkClick",
    # 20.1.2.2.35 spPr, 20.1.2.2.24 ln
    (_P, "spPr"): "xfrm prstGeom noFill solidFill blipFill ln",
    (_A, "ln"): "noFill solidFill prstDash round headEnd tailEnd",
    # 21.2.2.29 chartSpace, 21.2.2.145 plotArea, 21.2.2.88 layout, 21.2.2.95 manualLayout
    (_C, "chartSpace"): "date1904 roundedCorners chart spPr txPr externalData",
    (_C, "chart"): "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    (_C, "plotArea"): "layout barChart catAx valAx spPr",
    (_C, "manualLayout"): "layoutTarget xMode yMode x y w h",
    # 21.2.2.16 barChart, 21.2.2.170 ser (of bars), 21.2.2.55 errBars
    (_C, "barChart"): "barDir grouping varyColors ser dLbls gapWidth overlap axId",
    (_C, "ser"): "idx order tx spPr invertIfNegative dPt dLbls errBars cat val",
    (_C, "errBars"): "errBarType errValType noEndCap val spPr",
    # 21.2.2.25 catAx, 21.2.2.226 valAx, 21.2.2.160 scaling, 21.2.2.49 dLbls
    (_C, "catAx"): "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
    (_C, "valAx"): "axId scaling delete axPos majorGridlines title numFmt majorTickMark minorTickMark tickLblPos spPr "
    "txPr crossAx crosses crossBetween majorUnit",
    (_C, "scaling"): "orientation max min",
    (
        _C,
        "dLbls",
    ): "numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent showBubbleSize separator "
    "showLeaderLines",
}
# Parts that the libraries bring with them as they are.
_BROUGHT = ("styles", "settings", "theme", "fontTable", "webSettings", "numbering", "slideLayout", "slideMaster")
_BROUGHT += ("notesMaster", "presProps", "viewProps", "tableStyles", "stylesWithEffects", "printerSettings")


def wide(code: str) -> Pack:
    """The small pack with a table in which texts follow numbers, and bars that lie."""
    made = pack(code)
    columns = (Column("A", 1, "number"), Column("B", 1), Column("C", 1, "number"))
    table = Table("t", columns, (("1", "x", "2"), ("", "", "")), follows=frozenset({1}))
    lying = replace(counts(), upright=False, beside=("0-30", "31-60", "61-90"), most=12)
    return replace(made, pages=(*made.pages, replace(made.pages[0], blocks=(lying,)),
                                replace(made.pages[0], blocks=(table,))))  # fmt: skip


@pytest.fixture(params=["en", "ar", "zh"], scope="module")
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=["pptx", "docx"], scope="module")
def parts(request: pytest.FixtureRequest, code: str) -> dict[str, bytes]:
    write = {"pptx": write_deck, "docx": write_document}[request.param]
    with zipfile.ZipFile(io.BytesIO(write(wide(code)))) as container:
        assert container.testzip() is None
        assert [name for name, n in Counter(container.namelist()).items() if n > 1] == []
        return {name: container.read(name) for name in container.namelist()}


def roots(parts: dict[str, bytes], *, written: bool = True) -> Iterator[tuple[str, Element]]:
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and not (written and any(word in name for word in _BROUGHT)):
            yield name, ElementTree.fromstring(content)


def split(tag: str) -> tuple[str, str]:
    space, _close, name = tag[1:].partition("}")
    return space, name


def test_children_stand_in_the_order_of_the_standard(parts: dict[str, bytes]) -> None:
    seen = set()
    for name, root in roots(parts):
        for element in root.iter():
            wanted = SEQUENCES.get(split(element.tag))
            if wanted is None:
                continue
            seen.add(split(element.tag))
            order = {child: place for place, child in enumerate(wanted.split())}
            children = [split(child.tag)[1] for child in element]
            assert set(children) <= set(order), (name, element.tag, children)
            if split(element.tag) != (_A, "p"):
                assert children == sorted(children, key=order.__getitem__), (name, element.tag, children)
            else:
                assert "pPr" not in children[1:], name
                assert "endParaRPr" not in children[:-1], name
    assert {(_C, "ser"), (_C, "errBars"), (_C, "manualLayout")} <= seen
    assert {(_A, "tcPr"), (_W, "tcPr")} & seen


def test_every_part_has_its_type_and_every_relation_its_part(parts: dict[str, bytes]) -> None:
    types = ElementTree.fromstring(parts["[Content_Types].xml"])
    by_ending = {each.get("Extension", "").lower() for each in types if each.tag.endswith("Default")}
    by_name = [each.get("PartName", "").lstrip("/") for each in types if each.tag.endswith("Override")]
    assert set(by_name) <= set(parts)
    assert len(by_name) == len(set(by_name))
    for name in parts.keys() - {"[Content_Types].xml"}:
        assert name in by_name or name.rpartition(".")[2].lower() in by_ending, name
    for name, root in roots(parts, written=False):
        if not name.endswith(".rels"):
            continue
        folder, _, file = name.rpartition("_rels/")
        ids = [each.get("Id") for each in root]
        assert len(ids) == len(set(ids))
        for each in root:
            assert each.get("TargetMode") != "External"
            target = each.get("Target", "")
            found = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            assert found in parts, (name, target)
        source = parts.get(folder + file.removesuffix(".rels"))
        if source is not None and file.endswith(".xml.rels"):
            used = {value for element in ElementTree.fromstring(source).iter()
                    for key, value in element.attrib.items() if key.startswith(_OUTER)}  # fmt: skip
            assert used <= set(ids), (name, used - set(ids))


def test_shapes_and_pictures_have_numbers_of_their_own_and_are_said_aloud(parts: dict[str, bytes]) -> None:
    for name, root in roots(parts):
        named = [each for each in root.iter() if split(each.tag)[1] in ("cNvPr", "docPr") and name.count("/") < 3]
        if name == "word/document.xml":
            named = [each for each in named if split(each.tag)[1] == "docPr"]
        numbers = [each.get("id") for each in named]
        assert len(numbers) == len(set(numbers)), name
        for frame in (*root.iter(f"{{{_P}}}graphicFrame"), *root.iter(f"{{{_P}}}pic")):
            assert next(each for each in frame.iter() if split(each.tag)[1] == "cNvPr").get("descr"), name
        for drawn in root.iter(f"{{{_WP}}}docPr"):
            assert drawn.get("descr"), name


def test_tables_are_as_wide_as_their_columns_and_nothing_is_less_than_nothing(parts: dict[str, bytes]) -> None:
    for name, root in roots(parts):
        for element in root.iter():
            if split(element.tag)[1] in ("ext", "extent") and element.get("cx"):
                assert int(element.get("cx", "0")) >= 0, name
                assert int(element.get("cy", "0")) >= 0, name
        for frame in root.iter(f"{{{_P}}}graphicFrame"):
            grid = [int(each.get("w", "0")) for each in frame.iter(f"{{{_A}}}gridCol")]
            if grid:
                ext = next(each for each in frame.iter() if split(each.tag)[1] == "ext" and each.get("cx"))
                rows = [int(row.get("h", "0")) for row in frame.iter(f"{{{_A}}}tr")]
                assert abs(sum(grid) - int(ext.get("cx", "0"))) <= len(grid)
                assert abs(sum(rows) - int(ext.get("cy", "0"))) <= len(rows)
                assert {len(row.findall(f"{{{_A}}}tc")) for row in frame.iter(f"{{{_A}}}tr")} == {len(grid)}
        for table in root.iter(f"{{{_W}}}tbl"):
            n = len(list(table.iter(f"{{{_W}}}gridCol")))
            assert {len(row.findall(f"{{{_W}}}tc")) for row in table.iter(f"{{{_W}}}tr")} == {n}
        for body in (*root.iter(f"{{{_P}}}txBody"), *root.iter(f"{{{_A}}}txBody")):
            assert body.find(f"{{{_A}}}p") is not None, name
        for cell in root.iter(f"{{{_W}}}tc"):
            assert split(cell[-1].tag)[1] == "p", name


def test_axes_have_whole_numbers_that_are_not_negative(parts: dict[str, bytes]) -> None:
    charts = [(name, root) for name, root in roots(parts) if root.tag == f"{{{_C}}}chartSpace"]
    assert len(charts) == 3
    for _name, root in charts:
        axes = [int(each.get("val", "")) for each in root.iter(f"{{{_C}}}axId")]
        assert sorted(axes) == [1001, 1001, 1002, 1002]
        assert [int(each.get("val", "")) for each in root.iter(f"{{{_C}}}crossAx")] == [1002, 1001]
        assert root.find(f".//{{{_C}}}valAx/{{{_C}}}crossBetween") is not None


def test_a_chart_is_edited_in_a_workbook_of_the_same_values(code: str) -> None:
    deck = Presentation(io.BytesIO(write_deck(wide(code))))
    frames = [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(frames) == 3
    for frame in frames:
        book = openpyxl.load_workbook(io.BytesIO(frame.chart.part.chart_workbook.xlsx_part.blob))
        rows = list(book.active.iter_rows(values_only=True))
        plot = frame.chart.plots[0]
        assert [row[0] for row in rows[1:]] == list(plot.categories)
        for place, series in enumerate(plot.series, 1):
            assert rows[0][place] == series.name
            kept = [row[place] for row in rows[1:]]
            assert [value is None for value in kept] == [value is None for value in series.values]
            assert [value or 0 for value in kept] == pytest.approx([value or 0 for value in series.values], rel=1e-12)
