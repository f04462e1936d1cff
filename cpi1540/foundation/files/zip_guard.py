"""Files that are zip containers, opened without trusting them.

Every part is unpacked once, under limits, and checked; readers get the checked parts, or a container written
anew from them. So two programs can never see two different files in one.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from cpi1540.foundation.messages import N_
from cpi1540.foundation.problems import Problem

CONTAINER_PROBLEMS: Mapping[str, str] = {
    "empty": N_("The file is empty."),
    "too-large": N_("The file is larger than %(limit)s megabytes."),
    "unpacks-too-large": N_("The file unpacks to far more than its size, as a harmful file does. It was not opened."),
    "too-many-parts": N_("The file has more than %(limit)s parts. It was not opened."),
    "encrypted": N_("The file is protected by a password. Save it without one, then send it again."),
    "old-format": N_("The file is in an old format. Save it as .xlsx or .docx, then send it again."),
    "wrong-type": N_("The file is not what its name says. It looks like: %(found)s."),
    "damaged": N_("The file is damaged and cannot be read."),
    "unsafe-path": N_("The file holds a part whose name leads outside: %(part)s. It was not opened."),
    "repeated-part": N_("The file holds a part twice: %(part)s. It was not opened."),
    "document-type": N_("A part of the file declares a document type or entities: %(part)s. It was not opened."),
    "unreadable-part": N_("A part of the file is not written in UTF-8: %(part)s. It was not opened."),
    "macros": N_("The file holds macros. Save it without them, then send it again."),
    "active-content": N_("The file holds active or embedded content: %(part)s. Remove it, then send it again."),
    "outside-link": N_(
        "The file loads something from outside: %(part)s leads to %(target)s. Remove that link, then send it again."
    ),
    "outside-field": N_(
        "The file has a field that loads something from outside: %(part)s. Remove it, then send it again."
    ),
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a container may take: bytes packed, bytes unpacked in all, how many times larger, how many parts."""

    packed: int = 20_000_000
    unpacked: int = 150_000_000
    ratio: int = 200
    free: int = 4_000_000  # below this size unpacked, the ratio does not matter
    parts: int = 2_000


DEFAULT_LIMITS = Limits()
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)""")
_SAFE_ENCODINGS = (b"utf-8", b"utf8", b"us-ascii")
_STEP = 1 << 16
_BEGINNINGS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"{\\rtf", "RTF"),
    (b"<!DOCTYPE html", "HTML"),
    (b"<html", "HTML"),
    (b"<?xml", "XML"),
    (b"PK\x03\x04", "ZIP"),
)


class UnsafeFile(Exception):
    """A file was not opened; ``problem`` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def refuse(code: str, where: str, **params: object) -> UnsafeFile:
    """The refusal of a file, to be raised."""
    return UnsafeFile(Problem(code, where, params))


def open_parts(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> dict[str, bytes]:
    """Part name -> content of a zip container; folders are left out.

    Raises UnsafeFile for a file that is too large, encrypted, no container, damaged, or that unpacks beyond
    ``limits``; for a part name that leads outside or stands there twice; and for an XML part that declares a
    document type or is not UTF-8. ``name`` is where the problem is said to be.
    """
    if len(data) > limits.packed:
        raise refuse("too-large", name, limit=limits.packed // 1_000_000)
    _refuse_other_kinds(data, name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as container:
            parts = _unpack(container, name, len(data), limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise refuse("damaged", name) from error
    for part, content in parts.items():
        if part.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(part, content, name)
    return parts


def write_anew(parts: Mapping[str, bytes]) -> bytes:
    """A container with exactly these parts, not compressed, for a reader that wants the whole file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as container:
        for part, content in parts.items():
            container.writestr(zipfile.ZipInfo(part), content)
    return target.getvalue()


def guess_kind(data: bytes) -> str:
    """What a file looks like by its first bytes, in a word or two."""
    start = data[:64].lstrip(b"\xef\xbb\xbf \r\n\t")
    for beginning, kind in _BEGINNINGS:
        if start[: len(beginning)].lower() == beginning.lower():
            return kind
    return "BIN" if b"\x00" in data[:4096] else "TXT"


def _refuse_other_kinds(data: bytes, name: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise refuse("encrypted" if locked else "old-format", name)
    if not data:
        raise refuse("empty", name)
    if not data.startswith(b"PK\x03\x04"):
        raise refuse("wrong-type", name, found=guess_kind(data))


def _unpack(container: zipfile.ZipFile, name: str, packed: int, limits: Limits) -> dict[str, bytes]:
    entries = [entry for entry in container.infolist() if not entry.is_dir()]
    if len(entries) > limits.parts:
        raise refuse("too-many-parts", name, limit=limits.parts)
    parts: dict[str, bytes] = {}
    seen: set[str] = set()
    allowed = min(limits.unpacked, max(limits.free, packed * limits.ratio))
    for entry in entries:
        part = entry.filename
        if _leads_outside(part) or _leads_outside(entry.orig_filename):
            raise refuse("unsafe-path", name, part=part)
        if part.lower() in seen:
            raise refuse("repeated-part", name, part=part)
        if entry.flag_bits & 0x1:
            raise refuse("encrypted", name)
        # What an entry says of its size may be wrong: count what really comes out.
        pieces: list[bytes] = []
        with container.open(entry) as stream:
            while piece := stream.read(_STEP):
                allowed -= len(piece)
                if allowed < 0:
                    raise refuse("unpacks-too-large", name)
                pieces.append(piece)
        parts[part] = b"".join(pieces)
        seen.add(part.lower())
    return parts


def _leads_outside(part: str) -> bool:
    steps = part.replace("\\", "/").split("/")
    return not part or ".." in steps or steps[0] == "" or ":" in part or "\\" in part or "\x00" in part


def _check_xml(part: str, content: bytes, name: str) -> None:
    head = content[:200]
    declared = _ENCODING.match(content[:400].removeprefix(b"\xef\xbb\xbf"))
    if b"\x00" in head or head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("unreadable-part", name, part=part)
    if declared and declared[1].lower() not in _SAFE_ENCODINGS:
        raise refuse("unreadable-part", name, part=part)
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refuse("document-type", name, part=part)
