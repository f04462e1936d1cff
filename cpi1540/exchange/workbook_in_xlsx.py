"""An Excel workbook read without trusting it: values by python-calamine, all else by one pass over the XML."""

import io
from collections.abc import Mapping
from xml.parsers import expat  # nosec B407: parts that declare a document type were refused

from defusedxml import ElementTree
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from cpi1540.exchange.sheet import Sheet, cell_name, cell_place, text_of
from cpi1540.foundation.files.office_guard import OfficeKind, open_office
from cpi1540.foundation.files.zip_guard import DEFAULT_LIMITS, Limits, refuse, write_anew

MOST_ROWS, MOST_COLUMNS = 5_000, 300


def open_workbook(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> tuple[Sheet, ...]:
    """The sheets of a workbook, in order, hidden ones too; charts and other sheets are left out.

    Raises UnsafeFile for what ``open_office`` refuses, and for sheets that reach beyond ``MOST_ROWS`` and
    ``MOST_COLUMNS``. Nothing is executed.
    """
    parts, main = open_office(data, name, OfficeKind.WORKBOOK, limits)
    try:
        of_sheet = _sheet_parts(parts, main)
        marks = {sheet: _pass_over(parts[part], sheet) for sheet, part in of_sheet.items()}
        return _read(parts, name, marks)
    except (ElementTree.ParseError, expat.ExpatError, KeyError, ValueError, UnicodeError) as error:
        raise refuse("damaged", name) from error


def _sheet_parts(parts: Mapping[str, bytes], main: str) -> dict[str, str]:
    """Sheet name -> its part."""
    folder, _, file = main.rpartition("/")
    links = ElementTree.fromstring(parts[f"{folder}/_rels/{file}.rels".lstrip("/")])
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    found: dict[str, str] = {}
    for element in ElementTree.fromstring(parts[main]).iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        link = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
        target = targets.get(link, "")
        part = target[1:] if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if part in parts:
            found[element.get("name", "")] = part
    return found


class _Marks:
    """What one pass over a sheet's XML finds beside its values."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.formulas: set[tuple[int, int]] = set()
        self.faults: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self._row = -1
        self._cell = (-1, -1)
        self._kind = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            named = attributes.get("r")
            self._cell = cell_place(named) if named else (self._row, self._cell[1] + 1)
            self._kind = attributes.get("t", "")
        elif tag in ("v", "is", "f"):
            if self._cell[0] >= MOST_ROWS or self._cell[1] >= MOST_COLUMNS:
                raise refuse("too-many-cells", self.sheet, cell=cell_name(*self._cell))
            if tag == "f":
                self.formulas.add(self._cell)
            elif self._kind == "e":
                self.faults.add(self._cell)
        elif tag == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._cell = (self._row, -1)
            if _true(attributes.get("hidden")):
                self.hidden_rows.add(self._row)
        elif tag == "col":
            if _true(attributes.get("hidden")):
                self.hidden_columns.append((int(attributes["min"]) - 1, int(attributes["max"]) - 1))
        elif tag == "mergeCell":
            first, _, last = attributes["ref"].partition(":")
            self.merged.append((*cell_place(first), *cell_place(last or first)))


def _pass_over(content: bytes, sheet: str) -> _Marks:
    marks = _Marks(sheet)
    parser = expat.ParserCreate()
    parser.StartElementHandler = marks.start
    parser.Parse(content, True)
    return marks


def _read(parts: Mapping[str, bytes], name: str, marks: Mapping[str, _Marks]) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(write_anew(parts))) as workbook:
            sheets = []
            for known in workbook.sheets_metadata:
                if known.typ is not SheetTypeEnum.WorkSheet or known.name not in marks:
                    continue
                rows = workbook.get_sheet_by_name(known.name).to_python(skip_empty_area=False)
                texts = [[value if type(value) is str else text_of(value) for value in row] for row in rows]
                found = marks[known.name]
                sheets.append(
                    Sheet(
                        known.name,
                        texts,
                        frozenset(found.formulas),
                        frozenset(found.faults),
                        frozenset(found.hidden_rows),
                        tuple(found.hidden_columns),
                        tuple(found.merged),
                        known.visible is SheetVisibleEnum.Visible,
                    )
                )
            return tuple(sheets)
    except CalamineError as error:
        raise refuse("damaged", name) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the reader's own bug on a file made to break it
            raise refuse("damaged", name) from error
        raise


def _true(text: str | None) -> bool:
    return text in ("1", "true")
