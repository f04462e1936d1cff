"""Workbooks and documents of office programs, opened without trusting them."""

import re
from collections.abc import Mapping
from enum import Enum
from xml.etree.ElementTree import Element  # nosec B405 (the type alone; nothing is parsed by it)

from defusedxml import ElementTree

from cpi1540.foundation.files.zip_guard import DEFAULT_LIMITS, Limits, open_parts, refuse
from cpi1540.foundation.search_text import printable

_CONTENT_TYPES = "[Content_Types].xml"
_OPEN = "application/vnd.openxmlformats-officedocument."
_KINDS = (
    ("wordprocessingml", "DOCX"),
    ("presentationml", "PPTX"),
    ("ms-excel.sheet.binary", "XLSB"),
    ("spreadsheetml", "XLSX"),
)

# A target with a scheme, of a share in the network, or of another root than the file's own.
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|\\\\|//", re.IGNORECASE)
_FOLLOWED = re.compile(r"(https?|mailto):", re.IGNORECASE)
_LOADING = re.compile(r"\b(INCLUDEPICTURE|INCLUDETEXT|IMPORT|INCLUDE|DDEAUTO|DDE|LINK|DATABASE)\b", re.IGNORECASE)
_LONGEST_TARGET = 120


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


def refuse_outside_links(parts: Mapping[str, bytes], name: str) -> None:
    """Raises UnsafeFile when opening the file, or bringing its fields up to date, would load something from outside: a
    template, a picture, a frame. Links that a reader follows by a click, to the web or to an address, may stay.
    """
    for part, content in parts.items():
        try:
            if part.lower().endswith(".rels"):
                _refuse_relations(ElementTree.fromstring(content), part, name)
            elif part.lower().endswith(".xml") and any(word in content for word in (b"instrText", b"fldSimple")):
                _refuse_fields(ElementTree.fromstring(content), part, name)
        except (ElementTree.ParseError, ValueError, UnicodeError) as error:
            raise refuse("damaged", name) from error


def _refuse_relations(relations: Element, part: str, name: str) -> None:
    for relation in relations:
        target = relation.get("Target", "")
        rooted = _OUTSIDE.match(target) is not None
        followed = relation.get("Type", "").endswith("/hyperlink") and (_FOLLOWED.match(target) or not rooted)
        if (rooted or relation.get("TargetMode", "").lower() == "external") and not followed:
            raise refuse("outside-link", name, part=part, target=printable(target)[:_LONGEST_TARGET])


def _refuse_fields(root: Element, part: str, name: str) -> None:
    # A field's instruction may be spread over many runs.
    spread = "".join(each.text or "" for each in root.iter() if each.tag.endswith("}instrText"))
    whole = (value for each in root.iter() if each.tag.endswith("}fldSimple") for value in each.attrib.values())
    if any(_LOADING.search(text) for text in (spread, *whole)):
        raise refuse("outside-field", name, part=part)


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
