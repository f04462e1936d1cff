"""The office's own slide master and Word template: what is taken in, and what is refused with a sentence."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import docx
import pytest
from flask import Flask
from pptx import Presentation

from cpi1540.briefing.packs.pack import Form
from cpi1540.briefing.packs.service import templates
from cpi1540.foundation.access import SYSTEM
from cpi1540.foundation.database import transaction
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.files.office_guard import refuse_outside_links
from cpi1540.foundation.files.zip_guard import UnsafeFile

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_HOST = "http://host.invalid"
_PARTS = {Form.DOCX: "word/_rels/document.xml.rels", Form.PPTX: "ppt/slideMasters/_rels/slideMaster1.xml.rels"}


@pytest.fixture
def inside(read_app: Flask) -> Iterator[None]:
    with read_app.app_context():
        yield


def plain(form: Form) -> bytes:
    made = io.BytesIO()
    if form is Form.DOCX:
        docx.Document().save(made)
    else:
        Presentation().save(made)
    return made.getvalue()


def changed(content: bytes, part: str, change: Callable[[str], str], otherwise: str = "") -> bytes:
    """The file with one part changed, or added from ``otherwise``."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text.decode()) if name == part else text)
        if part not in source.namelist():
            target.writestr(part, change(otherwise))
    return made.getvalue()


def relation(kind: str, target: str, mode: str = ' TargetMode="External"') -> Callable[[str], str]:
    told = f'<Relationship Id="rIdX" Type="{_TYPES}/{kind}" Target="{target}"{mode}/>'
    return lambda text: text.replace("</Relationships>", f"{told}</Relationships>")


def take(form: Form, content: bytes) -> None:
    """Try to take a file in, and leave nothing behind."""
    with pytest.raises(LookupError), transaction():
        templates.take_in(form, "office", content, SYSTEM)
        raise LookupError


@pytest.mark.parametrize("form", [Form.DOCX, Form.PPTX])
@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "oleObject", "frame", "subDocument", "slide", "video"])
def test_a_template_that_loads_something_from_outside_is_refused(form: Form, kind: str, inside: None) -> None:
    for target, mode in (
        (f"{_HOST}/x.dotm", ' TargetMode="External"'),
        (f"{_HOST}/x.dotm", ""),
        ("file:///c:/x.dotm", ' targetmode="x" TargetMode="external"'),
        (r"\\host.invalid\share\x.png", ""),
    ):
        content = changed(plain(form), _PARTS[form], relation(kind, target, mode))
        with pytest.raises(DomainError, match="loads something from outside") as refused, transaction():
            templates.take_in(form, "office", content, SYSTEM)
        assert _PARTS[form] in str(refused.value.sentence)
        assert target in str(refused.value.sentence)
    assert templates.kept() == {}


def test_the_template_that_word_attaches_by_its_settings_is_refused(inside: None) -> None:
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    content = changed(
        plain(Form.DOCX), "word/_rels/settings.xml.rels", relation("attachedTemplate", f"{_HOST}/x.dotm"), empty
    )
    with pytest.raises(DomainError, match=r"word/_rels/settings\.xml\.rels leads to http"), transaction():
        templates.take_in(Form.DOCX, "office", content, SYSTEM)


@pytest.mark.parametrize("form", [Form.DOCX, Form.PPTX])
def test_links_that_a_reader_follows_may_stay(form: Form, inside: None) -> None:
    for target in ("https://office.invalid/1540", "mailto:office@office.invalid"):
        take(form, changed(plain(form), _PARTS[form], relation("hyperlink", target)))
    with pytest.raises(DomainError, match="loads something from outside"), transaction():
        shared = changed(plain(form), _PARTS[form], relation("hyperlink", "file://host.invalid/share/x"))
        templates.take_in(form, "office", shared, SYSTEM)


@pytest.mark.parametrize("runs", [["INCLUDEPICTURE ", f'"{_HOST}/x.png"'], ["INCL", "UDETEXT x"], ["DDE", "AUTO x"]])
def test_a_field_that_loads_something_is_refused_however_it_is_spread(runs: list[str], inside: None) -> None:
    spread = "".join(f"<w:r><w:instrText>{run}</w:instrText></w:r>" for run in runs)
    content = changed(
        plain(Form.DOCX), "word/document.xml", lambda text: text.replace("<w:body>", f"<w:body><w:p>{spread}</w:p>")
    )
    with (
        pytest.raises(DomainError, match=r"a field that loads something from outside: word/document\.xml"),
        transaction(),
    ):
        templates.take_in(Form.DOCX, "office", content, SYSTEM)


def test_fields_of_pages_and_dates_may_stay() -> None:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    kept = f'<w:p {space}><w:instrText> PAGE \\* MERGEFORMAT HYPERLINK "https://x.invalid"</w:instrText></w:p>'
    refuse_outside_links({"word/footer1.xml": kept.encode()}, "x")
    simple = f'<w:p {space}><w:fldSimple w:instr=" includepicture x "/></w:p>'
    with pytest.raises(UnsafeFile):
        refuse_outside_links({"word/footer1.xml": simple.encode()}, "x")
    with pytest.raises(UnsafeFile):
        refuse_outside_links({"word/_rels/x.rels": b"<not closed"}, "x")


@pytest.mark.parametrize(("width", "height"), [(914400, 685800), (9144000, 914400), (1828800, 6858000)])
def test_a_slide_master_without_room_is_refused(width: int, height: int, inside: None) -> None:
    size = f'<p:sldSz cx="{width}" cy="{height}"/>'
    small = changed(plain(Form.PPTX), "ppt/presentation.xml", lambda text: re.sub("<p:sldSz[^>]*/>", size, text))
    with pytest.raises(DomainError, match="too little room between the title and the foot"), transaction():
        templates.take_in(Form.PPTX, "office", small, SYSTEM)
    assert templates.kept() == {}


@pytest.mark.parametrize("form", [Form.DOCX, Form.PPTX])
def test_a_template_on_which_no_pack_can_be_written_is_refused(
    form: Form, inside: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(form, plain(form))
    writer = "deck_pptx.write_deck" if form is Form.PPTX else "pack_docx.write_document"

    def fail(*_asked: object) -> bytes:
        raise ZeroDivisionError

    monkeypatch.setattr(f"cpi1540.briefing.packs.{writer}", fail)
    with pytest.raises(DomainError, match="a trial pack could not be written on it"), transaction():
        templates.take_in(form, "office", plain(form), SYSTEM)
    assert templates.kept() == {}


@pytest.mark.parametrize("form", [Form.DOCX, Form.PPTX])
def test_the_refusal_of_macros_holds_for_every_kind_of_file(form: Form, inside: None) -> None:
    part = "word/vbaProject.bin" if form is Form.DOCX else "ppt/vbaProject.bin"
    with pytest.raises(DomainError) as refused, transaction():
        templates.take_in(form, "office", changed(plain(form), part, str, "x"), SYSTEM)
    assert str(refused.value.sentence) == "The file holds macros. Save it without them, then send it again."


def without(content: bytes, word: str) -> bytes:
    """The file without the parts whose name has that word."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            if word not in name:
                target.writestr(name, source.read(name))
    return made.getvalue()


def test_what_is_broken_inside_is_refused_by_what_it_is(inside: None) -> None:
    slides, document = plain(Form.PPTX), plain(Form.DOCX)
    macros = ("presentationml.presentation.main+xml", "presentationml.template.macroEnabled.main+xml")
    untitled = Presentation()
    for layout in list(untitled.slide_layouts):
        untitled.slide_layouts.remove(layout)
    no_layouts = io.BytesIO()
    untitled.save(no_layouts)
    half = changed(slides, "ppt/slideMasters/slideMaster1.xml", lambda text: text[: len(text) // 2])
    cut = changed(document, "word/document.xml", lambda text: text[:300])
    bomb = changed(slides, "ppt/media/x.bin", str, "")
    with zipfile.ZipFile(packed := io.BytesIO(bomb), "a", zipfile.ZIP_DEFLATED) as more:
        more.writestr("ppt/media/y.bin", b"\0" * 30_000_000)
    for form, content, words in (
        (Form.PPTX, no_layouts.getvalue(), "no slide layout with a title"),
        (Form.PPTX, half, "cannot be read as a presentation"),
        (Form.PPTX, without(slides, "theme"), "cannot be read as a presentation"),
        (Form.PPTX, without(slides, "ppt/presentation.xml"), "damaged"),
        (Form.PPTX, changed(slides, "[Content_Types].xml", lambda text: text.replace(*macros)), "macros|what its name"),
        (Form.PPTX, changed(slides, "ppt/presentation.xml", lambda text: "<!DOCTYPE a>" + text[55:]), "document type"),
        (Form.PPTX, packed.getvalue(), "unpacks to far more"),
        (Form.PPTX, b"", "is empty"),
        (Form.DOCX, cut, "cannot be read as a Word document"),
        (Form.DOCX, without(document, "styles"), "cannot be read as a Word document"),
    ):
        with pytest.raises(DomainError, match=words), transaction():
            templates.take_in(form, "office", content, SYSTEM)
    assert templates.kept() == {}
