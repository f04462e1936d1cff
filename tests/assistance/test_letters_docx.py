"""Letters as Word files: direction, identifiers, the same bytes, nothing of the text read as markup."""

import datetime
import io
import re
import zipfile

import docx
import pytest

from cpi1540.assistance.letters.letter import Filled, Paragraph, Piece
from cpi1540.assistance.letters.letters_docx import LetterHead, write_letter_docx
from cpi1540.exchange.wording import Wording, str_of
from cpi1540.foundation.messages import sentence
from cpi1540.locales import CODES

HEAD = LetterHead(
    "Office", "A Mission\nNew York", datetime.date(2026, 11, 24), "R-2026-014", sentence("Working document")
)


def letter(*paragraphs: Paragraph) -> Filled:
    return Filled("About R-2026-014", paragraphs)


def wording(language: str) -> Wording:
    return Wording(language, str_of, lambda source: source.text, datetime.date.isoformat)


def body_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


TEXT = letter(
    Paragraph((Piece("Needs of "), Piece("A & <B>", own=True), Piece(":"))),
    Paragraph((Piece("R-2026-014/1: training", own=True),), item=True),
    Paragraph((Piece("see "), Piece("R-2026-014", own=True), Piece("\nend"))),
)


@pytest.mark.parametrize("language", CODES)
def test_the_same_values_give_the_same_bytes(language: str) -> None:
    assert write_letter_docx(TEXT, HEAD, wording(language)) == write_letter_docx(TEXT, HEAD, wording(language))


def test_a_reader_finds_every_paragraph() -> None:
    document = docx.Document(io.BytesIO(write_letter_docx(TEXT, HEAD, wording("en"))))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "Office",
        "Date: 2026-11-24",
        "Reference: R-2026-014",
        "A Mission\nNew York",
        "About R-2026-014",
        "Needs of A & <B>:",
        "–\tR-2026-014/1: training",
        "see R-2026-014\nend",
    ]
    section = document.sections[0]
    assert section.page_height > section.page_width
    assert section.footer.paragraphs[0].text.startswith("Working document · Page ")
    core = document.core_properties
    assert (core.title, core.author, core.created) == (
        "About R-2026-014",
        "",
        datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.UTC),
    )


def test_an_identifier_is_not_broken_over_lines() -> None:
    assert (
        body_of(write_letter_docx(TEXT, HEAD, wording("en"))).count("<w:noBreakHyphen/>") == 6
    )  # the day, twice the request


def test_an_arabic_letter_runs_from_right_to_left_and_its_identifiers_do_not() -> None:
    arabic = letter(Paragraph((Piece("الرقم: "), Piece("R-2026-014", own=True), Piece("."))))
    body = body_of(write_letter_docx(arabic, HEAD, wording("ar")))
    assert body.count("<w:bidi/>") == 1 + body.count("<w:p>") + body.count("<w:p ")  # the section, each paragraph
    runs = re.findall(r"<w:r>(.*?)</w:r>", body)
    (identifier,) = [run for run in runs if "\u200eR</w:t>" in run and 'w:sz w:val="22"' in run]
    assert "<w:rtl/>" not in identifier
    assert identifier.endswith("014\u200e</w:t>")
    stops = [run for run in runs if run.endswith('preserve">.</w:t>')]
    assert stops
    assert all("<w:rtl/>" in run for run in stops)  # the full stop belongs to the sentence
    assert 'w:cs="Arial"' in body


@pytest.mark.parametrize(
    ("language", "text", "script", "mark", "runs_rtl"),
    [
        ("fr", "تدريب", 'w:bidi="ar"', "\u200f", True),
        ("ar", "Training", 'w:val="en"', "\u200e", False),
        ("ar", "培训", 'w:eastAsia="zh-Hans"', "\u200e", False),
    ],
)
def test_a_text_in_another_language_says_so_and_keeps_its_direction(
    language: str, text: str, script: str, mark: str, runs_rtl: bool
) -> None:
    code = {"w:bidi": "ar", "w:val": "en", "w:eastAsia": "zh"}[script.partition("=")[0]]
    told = letter(Paragraph((Piece("1: "), Piece(text, own=True, language=code)), item=True))
    body = body_of(write_letter_docx(told, HEAD, wording(language)))
    (run,) = [run for run in re.findall(r"<w:r>(.*?)</w:r>", body) if text in run]
    assert f"<w:lang {script}/>" in run
    assert f"{mark}{text}{mark}" in run
    assert ("<w:rtl/>" in run) == runs_rtl


def test_no_office_and_no_addressee_leave_no_empty_lines() -> None:
    bare = LetterHead("", " ", HEAD.dated, HEAD.reference, HEAD.footer)
    document = docx.Document(io.BytesIO(write_letter_docx(TEXT, bare, wording("en"))))
    assert [paragraph.text for paragraph in document.paragraphs][:3] == [
        "Date: 2026-11-24",
        "Reference: R-2026-014",
        "About R-2026-014",
    ]
