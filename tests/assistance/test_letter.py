"""Templates of letters: what is one, how it is filled, and the texts that come with the software."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cpi1540.assistance.letters.letter import (
    OF_KIND,
    PLACEHOLDERS,
    LetterKind,
    Piece,
    Template,
    Values,
    braced,
    faults,
    fill,
)
from cpi1540.locales import CODES

SEED = Path(__file__).resolve().parents[2] / "seed" / "letters"
NAMED = re.compile(r"\{(\w+)\}")


def template(body: str, subject: str = "About {request}") -> Template:
    return Template(LetterKind.OFFERS, "en", 1, subject, body)


def said(body: str, subject: str = "About {request}", kind: LetterKind = LetterKind.OFFERS) -> list[tuple[str, str]]:
    return [(fault.part, str(fault.sentence)) for fault in faults(kind, subject, body)]


GOOD = "Dear all,\n\n{offers}\n\nsee {request}."


def test_a_good_text_has_no_fault() -> None:
    assert said(GOOD) == []


@pytest.mark.parametrize(
    ("subject", "body", "part", "words"),
    [
        ("", GOOD, "subject", "Write a text."),
        ("One\ntwo", GOOD, "subject", "The subject is one line."),
        ("{offers}", GOOD, "subject", "{offers} stands for a list: give it a line of its own."),
        ("x" * 201, GOOD, "subject", "The text is longer than 200 characters."),
        ("{request.__class__}", GOOD, "subject", "{request.__class__} is no placeholder of this letter."),
        ("A", f"{GOOD} {{objection_until}}", "body", "{objection_until} is no placeholder of this letter."),
        ("A", "{request} {offers}", "body", "{offers} stands for a list: give it a line of its own."),
        ("A", "{offers}", "body", "The letter needs the placeholder {request}."),
        ("A", f"{GOOD} {{request", "body", "There is a brace { without its counterpart."),
        ("A", f"{GOOD} }}", "body", "There is a brace } without its counterpart."),
        ("A", f"{GOOD} {{ request }}", "body", "{ request } is no placeholder of this letter."),
    ],
)
def test_each_fault_is_told_where_it_is(subject: str, body: str, part: str, words: str) -> None:
    assert any(where == part and sentence.startswith(words) for where, sentence in said(body, subject))


def test_an_unknown_name_is_told_with_those_that_are_known() -> None:
    (fault,) = said("{requst} {request}", kind=LetterKind.FOLLOW_UP)
    assert fault[1] == (
        "{requst} is no placeholder of this letter. It may hold: {request}, {requester}, {request_date}, {title}, "
        "{date}, {signatory}, {needs}."
    )


def test_filling_makes_paragraphs_items_and_line_ends() -> None:
    body = "Dear {requester},\n\nNeeds:\n{needs}\n- and more\n\n{signatory}\nChair of {request}"
    values: Values = {"requester": "A", "request": "R-1", "needs": ("one", "two"), "signatory": ""}
    filled = fill(template(body), values)
    assert filled.subject == "About R-1"
    assert [(paragraph.text, paragraph.item) for paragraph in filled.paragraphs] == [
        ("Dear A,", False),
        ("Needs:", False),
        ("one", True),
        ("two", True),
        ("and more", True),
        ("Chair of R-1", False),
    ]
    assert filled.paragraphs[0].pieces == (Piece("Dear "), Piece("A", own=True), Piece(","))
    named = fill(template(body), {**values, "signatory": "B"})
    assert named.paragraphs[-1].text == "B\nChair of R-1"


def test_an_empty_list_leaves_no_line() -> None:
    filled = fill(template("Needs:\n\n{needs}\n\nEnd {request}"), {"request": "R-1", "needs": ()})
    assert [paragraph.text for paragraph in filled.paragraphs] == ["Needs:", "End R-1"]


@given(st.dictionaries(st.sampled_from(["requester", "title", "signatory"]), st.text(max_size=30), min_size=3))
def test_what_is_filled_in_is_never_read_as_a_template(values: dict[str, str]) -> None:
    filled = fill(template("a {requester} b {title} c {signatory} d {request}"), {**values, "request": "{title}"})
    assert filled.paragraphs[0].text == (
        f"a {values['requester']} b {values['title']} c {values['signatory']} d {{title}}"
    )


@given(st.text(alphabet="ab {}-\n", max_size=60), st.sampled_from(list(LetterKind)))
def test_a_text_without_faults_can_always_be_filled(noise: str, kind: LetterKind) -> None:
    body = f"{noise}\n\n{{request}}\n\n{{needs}}\n\n" + ("{offers}" if kind is LetterKind.OFFERS else "")
    if faults(kind, "A", body):
        return
    values: Values = {name: ("x",) if PLACEHOLDERS[name].block else "x" for name in OF_KIND[kind]}
    filled = fill(Template(kind, "en", 1, "A", body), values)
    assert not re.search(r"[{}]", "".join(paragraph.text for paragraph in filled.paragraphs))


@pytest.mark.parametrize("kind", LetterKind)
def test_the_texts_that_come_with_the_software(kind: LetterKind) -> None:
    document = json.loads((SEED / f"{kind}.json").read_text("utf-8"))
    assert (document["kind"], document["confidence"]) == (kind, "remembered")
    assert set(document["texts"]) == set(CODES)
    used = set()
    for language, text in document["texts"].items():
        body = "\n".join(text["body"])
        assert faults(kind, text["subject"], body) == [], language
        used.add((frozenset(NAMED.findall(text["subject"])), tuple(sorted(NAMED.findall(body)))))
        assert len(re.split(r"\n\n", body)) == len(re.split(r"\n\n", "\n".join(document["texts"]["en"]["body"])))
    assert len(used) == 1  # every language says the same things


def test_every_placeholder_is_explained() -> None:
    assert {name for names in OF_KIND.values() for name in names} == set(PLACEHOLDERS)
    assert braced("request") == "{request}"
