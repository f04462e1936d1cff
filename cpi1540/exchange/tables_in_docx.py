"""The tables of a Word document, read without trusting it: one pass over the document's XML."""

from dataclasses import dataclass, field
from xml.parsers import expat  # nosec B407: parts that declare a document type were refused

from cpi1540.foundation.files.office_guard import OfficeKind, open_office
from cpi1540.foundation.files.zip_guard import DEFAULT_LIMITS, Limits, refuse

MOST_CELLS, MOST_DEPTH = 100_000, 400
_WORD = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BREAKS = ("br", "cr")
_FORMER = ("rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblGridChange", "sectPrChange")
_UNSEEN = (*_FORMER, "del", "moveFrom", "instrText", "delText", "delInstrText", "footnoteReference")


@dataclass(slots=True)
class TableCell:
    """One cell. ``text`` has a line for each paragraph; ``hidden`` is text marked so that it is not shown.

    ``field`` tells that a field calculates (part of) its text; ``span`` how many columns it takes.
    """

    text: str = ""
    hidden: str = ""
    field: bool = False
    span: int = 1
    goes_on: bool = False  # a cell that is merged with the one above


@dataclass(slots=True)
class Tables:
    """A document: the text outside of tables, and each table as rows of cells. Tables in tables are text.

    ``in_margin`` tells that somebody wrote comments beside the text; they are not read.
    """

    text: str = ""
    tables: list[list[list[TableCell]]] = field(default_factory=list)
    in_margin: bool = False


def open_tables(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> Tables:
    """The tables of a Word document, with changes that are tracked in it taken as accepted.

    Raises UnsafeFile for what ``open_office`` refuses, and for a document of far too many cells.
    """
    parts, main = open_office(data, name, OfficeKind.DOCUMENT, limits)
    reading = _Reading(name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = reading.start
    parser.EndElementHandler = reading.end
    parser.CharacterDataHandler = reading.characters
    parser.buffer_text = True
    try:
        parser.Parse(parts[main], True)
    except (expat.ExpatError, ValueError) as error:
        raise refuse("damaged", name) from error
    found = reading.done()
    found.in_margin = any(b"<w:comment " in content for part, content in parts.items() if part.endswith("comments.xml"))
    return found


class _Reading:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found = Tables()
        self._outside: list[str] = []
        self._inside: list[str] = []
        self._secret: list[str] = []
        self._cell = TableCell()
        self._in_cell = False
        self._deep = self._cells = self._elements = self._skipped = 0
        self._in_text = self._vanished = self._in_run = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        self._elements += 1
        if self._elements > MOST_DEPTH:
            raise refuse("damaged", self.name)
        if self._skipped or (space == _COMPATIBILITY and local == "Fallback"):
            self._skipped += 1
            return
        if space not in _WORD:
            return
        if local == "instrText" or local == "fldSimple":
            self._cell.field = True
        if local in _UNSEEN:
            self._skipped = 1
        elif local == "tbl":
            self._deep += 1
            if self._deep == 1:
                self.found.tables.append([])
        elif local == "t":
            self._in_text = True
        elif local in _BREAKS:
            self._put("\n")
        elif local == "tab" and self._in_run:
            self._put(" ")
        elif local in ("noBreakHyphen", "softHyphen"):
            self._put("-" if local == "noBreakHyphen" else "")
        elif local == "r":
            self._in_run, self._vanished = True, False
        elif local == "vanish":
            self._vanished = self._in_run and _value(attributes) not in ("0", "false", "off")
        elif self._deep == 1:
            self._table_start(local, attributes)

    def _table_start(self, local: str, attributes: dict[str, str]) -> None:
        if local == "tr":
            self.found.tables[-1].append([])
        elif local == "tc":
            self._cells += 1
            if self._cells > MOST_CELLS:
                raise refuse("too-many-cells", self.name, cell=str(self._cells))
            self._cell, self._inside, self._secret, self._in_cell = TableCell(), [], [], True
        elif local == "gridSpan":
            value = _value(attributes)
            self._cell.span = int(value) if value.isascii() and value.isdecimal() and 0 < int(value) < 64 else 1
        elif local == "vMerge":
            self._cell.goes_on = _value(attributes) != "restart"

    def end(self, tag: str) -> None:
        space, _, local = tag.rpartition(" ")
        self._elements -= 1
        if self._skipped:
            self._skipped -= 1
            return
        if space not in _WORD:
            return
        if local == "t":
            self._in_text = False
        elif local == "r":
            self._in_run = self._vanished = False
        elif local == "p":
            self._put("\n")
        elif local == "tbl":
            self._deep -= 1
        elif local == "tc" and self._deep == 1 and self._in_cell:
            self._cell.text = "".join(self._inside).strip("\n")
            self._cell.hidden = "".join(self._secret).strip()
            if self.found.tables[-1]:
                self.found.tables[-1][-1].append(self._cell)
            self._cell, self._in_cell = TableCell(), False

    def characters(self, text: str) -> None:
        if self._in_text and not self._skipped:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._vanished:
            self._secret.append(text)
        else:
            (self._inside if self._in_cell else self._outside).append(text)

    def done(self) -> Tables:
        self.found.text = "".join(self._outside)
        return self.found


def _value(attributes: dict[str, str]) -> str:
    return next((value for key, value in attributes.items() if key.rpartition(" ")[2] == "val"), "")
