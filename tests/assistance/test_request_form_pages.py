"""How a request comes in: registered by a coordinator, from gaps, a passage, a template; submitted by a State."""

import io
import re
from collections.abc import Iterator

import pytest
import time_machine
from assistance_people import COORDINATOR, register
from flask import Flask
from strict_client import StrictClient

from cpi1540.assistance.requests.request import Channel, Kind, NeedValues, Prefilled, Request, Requester, RequestValues
from cpi1540.assistance.requests.service import drafting, reading, workbooks
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.states import service as states

NEW = "/en/assistance/requests/new"
TYPED: dict[str, object] = {
    "state": "KEN",
    "channel": "note-verbale",
    "formal": "yes",
    "date": "2026-11-10",
    "language": "en",
    "title": "Help with transit",
    "consent": "not-asked",
    "handling": "restricted",
    "needs-0-kind": "training",
    "needs-0-objective": "Train customs officers",
    "needs-0-fields": ["op3cd.transit.nw.framework", "op3cd.transit.cw.framework"],
}


@pytest.fixture
def client(practice_app: Flask) -> Iterator[StrictClient]:
    """A coordinator, at noon in New York on 12 November 2026."""
    with time_machine.travel("2026-11-12T17:00:00+00:00", tick=True):
        made = StrictClient(practice_app)
        made.continue_as("coordinator")
        yield made


def made_at(client: StrictClient, location: str) -> Request:
    with client.app.app_context():
        return reading.find(location.rpartition("/")[2], COORDINATOR)


def test_a_request_is_registered_with_its_needs(client: StrictClient) -> None:
    second = {"needs-1-kind": "equipment", "needs-1-objective": "Detectors", "needs-1-languages": ["en", "fr"]}
    answer = client.post(NEW, {**TYPED, **second, "other_states": "Ghana, GRD"})
    found = made_at(client, answer.headers["Location"])
    assert found.id == "R-2026-001"
    assert found.values.requester.states == ("GHA", "GRD", "KEN")
    assert found.values.date == PartialDate(2026, 11, 10)
    assert [need.values.kind for need in found.needs] == [Kind.TRAINING, Kind.EQUIPMENT]
    assert [domain.value for domain in found.needs[0].values.domains] == ["nw", "cw"]
    assert found.needs[1].values.languages == ("en", "fr")
    assert "The request is registered." in client.get(answer.headers["Location"]).get_data(as_text=True)


def test_faults_stand_at_their_fields_and_nothing_typed_is_lost(client: StrictClient) -> None:
    wrong = {**TYPED, "date": "10 November", "title": "", "needs-1-kind": "training", "state": ""}
    told = client.post(NEW, wrong, 422).get_data(as_text=True)
    assert '<a href="#date">Write a year, a month or a day' in told
    assert 'value="10 November"' in told
    told = client.post(NEW, {**wrong, "date": "2030-01-01", "other_states": "Atlantis"}, 422).get_data(as_text=True)
    for link in ("#title", "#state", "#date", "#needs-1-objective"):
        assert f'<a href="{link}">' in told, link
    assert "There is no State with the code Atlantis." in told
    assert "Train customs officers</textarea>" in told
    assert re.search(r'value="op3cd.transit.cw.framework" checked', told)
    client.post(NEW, {**TYPED, "needs-0-kind": "sonnet", "channel": "x"}, 422)
    unknown = {**TYPED, "needs-0-fields": ["op9.gone.nw.framework"]}
    told = client.post(NEW, unknown, 422).get_data(as_text=True)
    assert '<a href="#needs-0-fields">The layout has no field op9.gone.nw.framework.</a>' in told


def test_how_many_needs_can_be_met_at_a_time_is_recorded(client: StrictClient) -> None:
    for wrong, told in (
        ("two", "Write a whole number in digits"),
        ("0", "Write a whole number from 1 to 9999"),
        ("99999999999", "Write a whole number from 1 to 9999"),
        ("9" * 40, "Write a whole number in digits"),
        ("-1", "Write a whole number in digits"),
    ):
        page = client.post(NEW, {**TYPED, "most_needs": wrong}, 422).get_data(as_text=True)
        assert f'<a href="#most_needs">{told}' in page and f'value="{wrong}"' in page
    answer = client.post(NEW, {**TYPED, "most_needs": " 2 "})
    made = made_at(client, answer.headers["Location"])
    assert made.values.most_needs == 2
    assert "at most 2 needs can be met" in client.get(answer.headers["Location"]).get_data(as_text=True)
    assert 'name="most_needs" type="text" value="2"' in client.get(f"{answer.headers['Location']}/edit").text
    client.post(f"{answer.headers['Location']}/edit", {**TYPED, "most_needs": "", "revision": str(made.revision)})
    assert made_at(client, answer.headers["Location"]).values.most_needs is None


def test_needs_come_and_go_without_losing_words(client: StrictClient) -> None:
    two = client.post(NEW, {**TYPED, "do": "add"}, 200).get_data(as_text=True)
    assert 'name="needs-1-kind"' in two
    assert "Train customs officers</textarea>" in two
    typed = {**TYPED, "needs-1-kind": "funding", "needs-1-objective": "Pay for it", "do": "drop-1"}
    one = client.post(NEW, typed, 200).get_data(as_text=True)
    assert 'name="needs-1-kind"' not in one
    assert "Pay for it</textarea>" in one
    assert "Train customs officers" not in one


def test_gaps_begin_the_form_and_an_earlier_request_is_pointed_out(client: StrictClient) -> None:
    with client.app.app_context():
        gaps = drafting.gaps_of(states.find("XAG"))
        picked = sorted(key for key in gaps if key.startswith("op3cd."))[:2]
    page = f"/en/practice/assistance/requests/new?state=XAG&kind=funding&field={picked[0]}&field={picked[1]}"
    begun = client.get(page).get_data(as_text=True)
    assert '<option value="funding" selected>' in begun
    assert begun.count("checked") == 2
    with client.app.app_context():
        earlier = register()
    told = client.post(NEW, {**TYPED, "do": "add"}, 200).get_data(as_text=True)
    assert f"{earlier}/1" in told
    assert "The same requester asked before" in told


def test_a_passage_of_a_report_begins_the_form(client: StrictClient) -> None:
    page = f"{NEW}/passage"
    told = client.post(page, {"state": "", "passage": "", "source": ""}, 422).get_data(as_text=True)
    for link in ("#state", "#passage", "#source"):
        assert f'href="{link}"' in told
    typed = {"state": "KEN", "passage": "Kenya requests training.", "source": "S/AC.44/2004/1, page 3"}
    begun = client.post(page, typed, 200).get_data(as_text=True)
    assert "Kenya requests training.</textarea>" in begun
    assert 'value="S/AC.44/2004/1, page 3"' in begun
    assert '<option value="national-report" selected>' in begun


def test_a_filled_template_is_looked_at_then_registered(client: StrictClient) -> None:
    values = RequestValues(
        Requester(("KEN",)), Channel.TEMPLATE, True, PartialDate(2026, 11, 3), "en", "From a workbook", "As annexed."
    )
    need = NeedValues(Kind.TRAINING, ("op2.use.cw.framework",), objective="Courses")
    with client.app.app_context():
        content = workbooks.template("en", [Prefilled(values, (need,))], practice=False)
        empty = workbooks.template("en", practice=False)
    page = f"{NEW}/template"
    seen = client.post(page, {"file": (io.BytesIO(content), "filled.xlsx")}, 200).get_data(as_text=True)
    assert "From a workbook" in seen
    carried: dict[str, object] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', seen.partition("/new")[2]):
        carried[name] = value
    del carried["csrf_token"]
    opened = client.post(NEW, {**carried, "do": "open"}, 200).get_data(as_text=True)
    assert "As annexed.</textarea>" in opened
    found = made_at(client, client.post(NEW, {**carried, "do": "register"}).headers["Location"])
    assert (found.values.channel, found.values.title) == (Channel.TEMPLATE, "From a workbook")
    assert found.needs[0].values.fields == ("op2.use.cw.framework",)
    nothing = client.post(page, {"file": (io.BytesIO(empty), "empty.xlsx")}, 422).get_data(as_text=True)
    assert "Nothing is filled in on any sheet." in nothing
    client.post(page, {"file": (io.BytesIO(b"no workbook"), "x.xlsx")}, 422)
    assert "Choose a workbook." in client.post(page, {}, 422).get_data(as_text=True)
    client.get("/ar/assistance/template.xlsx")


def test_a_focal_point_submits_from_the_own_gaps(client: StrictClient) -> None:
    client.continue_as("focal-point")
    page = "/en/practice/states/XAG/requests/new"
    offered = re.findall(r'name="field" value="([^"]+)"', client.get(page).get_data(as_text=True))
    begun = client.get(f"{page}?field={offered[0]}&field={offered[-1]}").get_data(as_text=True)
    assert begun.count("checked") == 2
    typed = {"language": "en", "title": "", "needs-0-kind": "training", "needs-0-fields": [offered[0]]}
    told = client.post(page, typed, 422).get_data(as_text=True)
    assert '<a href="#title">Give the request a title.</a>' in told
    answer = client.post(page, {**typed, "title": "Training of inspectors"})
    found = made_at(client, answer.headers["Location"])
    assert found.submitted
    assert found.needs[0].values.fields == (offered[0],)
    own = client.get("/en/practice/states/XAG/requests").get_data(as_text=True)
    assert "Training of inspectors" in own
    assert "awaits its note verbale" in own
    client.get("/en/practice/states/XAF/requests/new", 403)
    assert found.id in client.get("/en/practice/worklist").get_data(as_text=True)
    client.continue_as("coordinator")
    note = f"/en/practice/assistance/requests/{found.id}"
    late = {"note-verbale-on": "2027-01-01", "note-verbale-channel": "note-verbale"}
    told = client.post(f"{note}/record/note-verbale", late, 422).get_data(as_text=True)
    assert '<a href="#note-verbale-on">The date lies in the future.</a>' in told
    client.post(f"{note}/record/note-verbale", {**late, "note-verbale-on": "2026-11-12"})
    assert made_at(client, note).values.formal
