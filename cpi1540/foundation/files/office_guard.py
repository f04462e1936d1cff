"""Workbooks and documents of office programs, opened without trusting them."""

from collections.abc import Mapping
from enum import Enum

from defusedxml import ElementTree

from cpi1540.foundation.files.zip_guard import DEFAULT_LIMITS, Limits, open_parts, refuse

_CONTENT_TYPES = "[Content_Types].xml"
_OPEN = "application/vnd.openxmlformats-officedocument."
_KINDS = (
    ("wordprocessingml", "DOCX"),
    ("presentationml", "PPTX"),
    ("ms-excel.sheet.binary", "XLSB"),
    ("spreadsheetml", "XLSX"),
)


class OfficeKind(Enum):
    """What a file shall be: the types that its main part may have, and where that part is by default."""

    WORKBOOK = (f"{_OPEN}spreadsheetml.sheet.main+xml", f"{_OPEN}spreadsheetml.template.main+xml", "xl/workbook.xml")
    DOCUMENT = (
        f"{_OPEN}wordprocessingml.document.main+xml",
        f"{_OPEN}wordprocessingml.template.main+xml",
        "word/document.xml",
    )
    PRESENTATION = (
        f"{_OPEN}presentationml.presentation.main+xml",
        f"{_OPEN}presentationml.template.main+xml",
        "ppt/presentation.xml",
    )


def open_office(
    data: bytes, name: str, kind: OfficeKind, limits: Limits = DEFAULT_LIMITS
) -> tuple[dict[str, bytes], str]:
    """The parts of an office file, and the name of its main part.

    Raises UnsafeFile for what ``open_parts`` refuses, for macros and active content, and for a file of another
    kind. Nothing is executed.
    """
    parts = open_parts(data, name, limits)
    try:
        main = _main_part(parts, name, kind)
    except (ElementTree.ParseError, KeyError, ValueError, UnicodeError) as error:
        raise refuse("damaged", name) from error
    _refuse_active(parts, name)
    if main not in parts:
        raise refuse("damaged", name)
    return parts, main


def _main_part(parts: Mapping[str, bytes], name: str, kind: OfficeKind) -> str:
    if _CONTENT_TYPES not in parts:
        raise refuse("wrong-type", name, found=_open_document(parts))
    types = {
        element.get("ContentType", ""): element.get("PartName", "").lstrip("/")
        for element in ElementTree.fromstring(parts[_CONTENT_TYPES])
    }
    if any("macroenabled" in found.lower() for found in types):
        raise refuse("macros", name)
    *wanted, usual = kind.value
    for found, part in types.items():
        if found in wanted:
            return part or usual
    looks = next((short for word, short in _KINDS if any(f"{word}." in found for found in types)), "ZIP")
    raise refuse("wrong-type", name, found=looks)


def _open_document(parts: Mapping[str, bytes]) -> str:
    """What a container without content types is, by its own word."""
    kind = parts.get("mimetype", b"")[:100].decode("ascii", "replace")
    return (
        "ODS" if kind.endswith("opendocument.spreadsheet") else "ODT" if kind.endswith("opendocument.text") else "ZIP"
    )


def _refuse_active(parts: Mapping[str, bytes], name: str) -> None:
    for part in parts:
        folded = part.lower()
        if "vbaproject" in folded or "/macrosheets/" in folded or "/dialogsheets/" in folded:
            raise refuse("macros", name)
        if any(word in folded for word in ("/activex/", "/embeddings/", "/ctrlprops/", "customui/", "/afchunk")):
            raise refuse("active-content", name, part=part)
