"""Direction belongs to the document, colours to the tokens, and nothing stands inline."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHEETS = sorted((ROOT / "cpi1540/static").glob("*.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PHYSICAL = re.compile(
    r"(?<![-\w])((margin|padding|border|inset)-(left|right|top|bottom)\b|(left|right|top|bottom)\s*:|"
    r"(text-align|float|clear)\s*:\s*(left|right)|(min-|max-)?(width|height)\s*:)"
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
# Conditions of a layout query speak of the screen, which has a width whatever the language.
QUERY = re.compile(r"@(media|page)[^{]*\{")


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_start_and_end_only(sheet: Path) -> None:
    text = QUERY.sub("", re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.S))
    assert [found.group(0) for found in PHYSICAL.finditer(text)] == []


@pytest.mark.parametrize("sheet", [sheet for sheet in SHEETS if sheet.name != "tokens.css"], ids=lambda path: path.name)
def test_colours_are_tokens(sheet: Path) -> None:
    text = re.sub(r"@media print \{.*", "", sheet.read_text("utf-8"), flags=re.S)
    assert COLOUR.findall(re.sub(r"/\*.*?\*/", "", text, flags=re.S)) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_nothing_inline(template: Path) -> None:
    text = template.read_text("utf-8")
    assert not re.search(r"\sstyle=|\son[a-z]+=|<style|<script(?![^>]*\bsrc=)", text)
