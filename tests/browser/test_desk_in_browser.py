"""The desk officer's day in a real browser, in English and in Arabic: by keyboard, two at once, with the State."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from accessibility import too_narrow, violations
from flask import Flask
from openpyxl import load_workbook
from pages_table import AT_THE_DESK, address, name
from playwright.sync_api import Page, expect
from pressing import entered, pressed

from cpi1540.foundation.access import SYSTEM
from cpi1540.locales import CODES
from cpi1540.matrix.record import Code, Status, Version
from cpi1540.matrix.service import drafts, measures, proposals, reading, versions
from cpi1540.states import service as states

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("lang", ["en", "ar"])
SignedIn = Callable[..., Page]


def draft(app: Flask, code: str) -> Version:
    with app.app_context():
        found = drafts.open_version(states.find(code), SYSTEM)
        assert found is not None
        return found


def tab_to(page: Page, wanted: str) -> None:
    """Press Tab until the element that fits the selector has the focus."""
    for _press in range(900):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            return
    raise AssertionError(f"Tab never reaches {wanted}")


def saved(page: Page, options: dict[str, str]) -> None:
    """Wait until the framework fields of these rows and domains of paragraph 2 are saved so, and the page says it."""
    for place, option in options.items():
        expect(page.locator(f"[id='c-op2.{place}.framework']")).to_have_attribute("data-was", option)
    expect(page.locator("#save-states .save")).to_have_count(1)
    expect(page.locator(".save-ing")).to_have_count(0)


@pytest.mark.parametrize(
    ("endpoint", "values", "role"), AT_THE_DESK, ids=[f"{name(*page[:2])}-{page[2]}" for page in AT_THE_DESK]
)
def test_every_page_at_the_desk_is_accessible_and_fits(
    page: Page,
    read_app: Flask,
    cookies: Callable[[str], list[Any]],
    endpoint: str,
    values: dict[str, str],
    role: str,
) -> None:
    page.context.add_cookies(cookies(role))
    for lang in ("en", "ar"):
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(address(read_app, endpoint, values, lang, "practice"))
        assert answer is not None
        assert answer.status == 200
        assert (lang, violations(page), too_narrow(page)) == (lang, [], [])


@pytest.mark.parametrize("lang", CODES)
def test_the_main_navigation_of_the_office_takes_one_line(
    page: Page, cookies: Callable[[str], list[Any]], lang: str
) -> None:
    page.set_viewport_size({"width": 1024, "height": 768})
    for role in ("coordinator", "administrator"):
        page.context.add_cookies(cookies(role))
        page.goto(f"/{lang}/practice/assistance/offers")
        tops = page.locator(".nav > *, .rec").evaluate_all(
            "all => all.map(each => each.getBoundingClientRect().bottom)"
        )
        assert len(tops) >= 7
        assert max(tops) - min(tops) < 20
        page.locator(".nav summary").click()
        pressed(page, ".nav .drop a")
        assert page.locator(".nav .is-current").count() == 1
        assert page.locator(".nav .drop a[aria-current]").count() == 1


@LANGUAGES
def test_a_law_recorded_and_applied_to_thirty_fields_by_keyboard(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("desk-officer", f"/{lang}/practice/states/XAF/measures/new")
    tab_to(page, "#title_fr")
    page.keyboard.type("Loi sur les armes chimiques")
    tab_to(page, "#adopted")
    page.keyboard.type("2024-05")
    tab_to(page, "#provisions")
    page.keyboard.type("art. 5 | Interdictions")
    tab_to(page, "main button[type=submit]")
    entered(page)
    tab_to(page, "a.btn-main")
    entered(page)
    tab_to(page, "#pinpoint")
    page.keyboard.type("art. 5")
    for row in ("manufacture", "acquire", "possess", "develop", "transport"):
        tab_to(page, f"input[name=row][value='op2.{row}']")
        page.keyboard.press("Space")
    expect(page.locator("#picked")).to_contain_text("30")
    tab_to(page, "#many button[type=submit]")
    entered(page)
    assert page.locator("main tbody tr").count() == 30
    assert violations(page) == []
    tab_to(page, "button[value=apply]")
    entered(page)
    assert "30" in page.locator("p[role=status]").first.inner_text()
    with desk.app_context():
        version = draft(desk, "XAF")
        entries = reading.matrix(version).entries
        law = measures.measures_of(states.find("XAF"), SYSTEM)[-1]
        citing = [
            key for key, entry in entries.items() if any(s.measure == f"XAF-M{law.number}" for s in entry.sources)
        ]
        assert law.titles == {"fr": "Loi sur les armes chimiques"}
        assert (len(citing), {entries[key].code for key in citing}) == (30, {Code.FOUND})


@LANGUAGES
def test_codes_are_set_by_keys_and_saved_at_once(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("desk-officer", f"/{lang}/practice/states/XAF/draft/op2")
    page.locator("[id='c-op2.use.nw.framework']").focus()
    onward = "ArrowLeft" if lang == "ar" else "ArrowRight"
    for key in ("n", onward, "?", onward, "Shift+X", "ArrowDown", " "):
        page.keyboard.press(key)
    saved(page, {"use.nw": "NA", "use.cw": "?", "use.bw": "XA", "accomplice.bw": ""})
    page.keyboard.press("Enter")
    page.locator(".mx-panel #remarks").fill("A remark")
    page.locator(".mx-panel button.btn-main").click()
    page.get_by_text("A remark").first.wait_for()
    with desk.app_context():
        entries = reading.matrix(draft(desk, "XAF")).entries
        codes = [entries[f"op2.use.{domain}.framework"].code for domain in ("nw", "cw", "bw")]
        assert codes == [Code.NOT_APPLICABLE, Code.INCOMPLETE, Code.FOUND]
        assert (entries["op2.accomplice.bw.framework"].code, entries["op2.accomplice.bw.framework"].remarks) == (
            Code.BLANK,
            "A remark",
        )


@LANGUAGES
@pytest.mark.parametrize("mine", [True, False])
def test_a_conflict_of_two_officers_is_resolved(desk: Flask, sign_in: SignedIn, lang: str, mine: bool) -> None:
    address = f"/{lang}/practice/states/XAF/draft/op2"
    first, second = sign_in("desk-officer", address), sign_in("desk-officer", address)
    cell = "[id='c-op2.use.nw.framework']"
    first.locator(cell).focus()
    first.keyboard.press("n")
    saved(first, {"use.nw": "NA"})
    second.locator(cell).focus()
    second.keyboard.press("?")
    second.locator(".mx-conf button").first.wait_for()
    assert violations(second) == []
    second.locator(".mx-conf button").nth(1 if mine else 0).click()
    expect(second.locator(".mx-conf")).to_have_count(0)
    saved(second, {"use.nw": "?" if mine else "NA"})
    with desk.app_context():
        code = reading.matrix(draft(desk, "XAF")).entries["op2.use.nw.framework"].code
    assert code is (Code.INCOMPLETE if mine else Code.NOT_APPLICABLE)
    assert second.locator(cell).input_value() == ("?" if mine else "NA")


@LANGUAGES
def test_the_comments_of_a_state_are_taken_in_from_a_workbook(
    desk: Flask, sign_in: SignedIn, lang: str, tmp_path: Path
) -> None:
    page = sign_in("desk-officer", f"/{lang}/practice/states/XAG/round")
    with page.expect_download() as download:
        page.locator("a[href$='sheet.xlsx']").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    row = next(
        row
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=2)
        if any(cell.value == "op2.use.cw.enforcement" for cell in row)
    )
    of_state = [cell for cell in row if not cell.protection.locked][:4]
    for cell, text in zip(of_state, ("NA", "Act 9, sec. 2", "A remark of the State", "Please see"), strict=True):
        cell.value = text
    filled = tmp_path / "back.xlsx"
    book.save(filled)
    page.locator("#sheet").set_input_files(filled)
    pressed(page, "form[action$='/round/sheet'] button")
    assert page.get_by_text("Act 9, sec. 2").first.is_visible()
    assert violations(page) == []
    with desk.app_context():
        listed = proposals.proposals(states.find("XAG"), draft(desk, "XAG"), SYSTEM)
        (made,) = [each for each in listed if each.wish.field == "op2.use.cw.enforcement"]
        n_open = sum(each.decision is None for each in listed)
    pressed(page, f"#p-{made.id} button[value=accepted]")
    assert page.locator("p[role=status]").is_visible()
    with desk.app_context():
        version = draft(desk, "XAG")
        entry = reading.matrix(version).entries["op2.use.cw.enforcement"]
        assert (entry.code, entry.remarks, entry.sources[-1].text) == (
            Code.NOT_APPLICABLE,
            "A remark of the State",
            "Act 9, sec. 2",
        )
        assert proposals.unanswered(version) == n_open - 1


@LANGUAGES
def test_a_focal_point_proposes_from_the_own_draft_only(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("focal-point", f"/{lang}/practice/states/XAG/round/op2")
    pressed(page, "[id='f-op2.use.cw.enforcement'] a")
    page.locator("#code").select_option("X")
    page.locator("#comment").fill("See the new act")
    pressed(page, "main form button[type=submit]")
    assert page.locator("p[role=status]").is_visible()
    assert "See the new act" in page.locator("[id='f-op2.use.cw.enforcement']").inner_text()
    assert violations(page) == []
    answer = page.goto(f"/{lang}/practice/states/XAW/round")
    assert answer is not None
    assert answer.status == 403


@LANGUAGES
def test_agreement_and_approval(desk: Flask, sign_in: SignedIn, lang: str) -> None:
    page = sign_in("reviewer", f"/{lang}/practice/states/XBF/draft")
    assert violations(page) == []
    page.locator("#symbol").fill("S/AC.44/2026/12")
    page.locator("#approved_on").fill("2026-11-02")
    pressed(page, "form[action$='/approve'] button")
    assert page.url.endswith("/versions")
    first = page.locator("main tbody tr").first
    assert "S/AC.44/2026/12" in first.inner_text()
    assert first.locator(".tag-on").count() == 1
    with desk.app_context():
        newest = versions.versions_of(states.find("XBF"), SYSTEM)[0]
        assert (newest.status, newest.symbol) == (Status.APPROVED, "S/AC.44/2026/12")


@LANGUAGES
def test_differences_are_exported(sign_in: SignedIn, lang: str) -> None:
    page = sign_in("desk-officer", f"/{lang}/practice/states/XAF/differences?from=3&to=4")
    shown = page.locator("table.diffs tbody tr").count()
    assert shown > 9
    assert violations(page) == []
    with page.expect_download() as download:
        page.locator(".head a[href*='differences.xlsx']").click()
    book = load_workbook(io.BytesIO(Path(download.value.path()).read_bytes()))
    keys = [cell.value for row in book.worksheets[-1].iter_rows() for cell in row]
    named = [key for key in keys if isinstance(key, str) and re.fullmatch(r"op\w+\.[a-z-]+(\.\w+\.\w+)?", key)]
    assert len(named) == shown
    with page.expect_download() as document:
        page.locator(".head a[href*='differences.docx']").click()
    assert document.value.suggested_filename.endswith(".docx")


@LANGUAGES
def test_the_officer_of_one_state_is_refused_another_s(sign_in: SignedIn, lang: str) -> None:
    page = sign_in("administrator", f"/{lang}/people/invite")
    page.locator("#name").fill("A. Newcomer")
    page.locator("#sign_in_name").fill("a.newcomer")
    page.locator("#role").select_option("desk-officer")
    page.locator("#scope").fill("XAF") if page.locator("input#scope").count() else page.locator("#scope").select_option(
        "XAF"
    )
    pressed(page, "main form.form button[type=submit]")
    link = re.search(r"/invitation/[\w-]+", page.content())
    assert link
    newcomer = sign_in(None, f"/{lang}{link.group(0)}")
    for field in newcomer.locator("input[type=password]").all():
        field.fill("four words of my own")
    pressed(newcomer, "main form button[type=submit]")
    mine = newcomer.goto(f"/{lang}/practice/states/XAF/draft/op2")
    assert mine is not None
    assert mine.status == 200
    for path in ("XAK/draft", "XAK/draft/op2", "XAK/measures/new", "XAK/draft/many"):
        other = newcomer.goto(f"/{lang}/practice/states/{path}")
        assert other is not None
        assert other.status == 403, path
    assert violations(newcomer) == []
