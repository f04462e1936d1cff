"""Every page: endpoint, values of its address, and who may open it. A route that is not here fails the suite."""

from flask import Flask, url_for

PUBLIC = [
    ("desk.home", {}),
    ("desk.states_list", {}),
    ("desk.state", {"state": "FRA"}),
    ("desk.search", {}),
    ("matrix.section", {"state": "FRA", "section": "op1"}),
    ("matrix.section", {"state": "FRA", "section": "op2"}),
    ("matrix.section", {"state": "FRA", "section": "op3ab"}),
    ("matrix.versions_page", {"state": "FRA"}),
    ("coverage.gaps", {"state": "FRA"}),
    ("exchange.excel", {"state": "FRA"}),
    ("site.glossary", {}),
    ("site.method", {}),
    ("site.about_data", {}),
    ("site.accessibility", {}),
    ("people.sign_in", {}),
]
SIGNED_IN = [("people.account", {}), ("history.page", {"state": "FRA"})]
# Pages of administrators; PERSON stands for the actor id of the demo administrator.
PERSON = "PERSON"
ADMINISTRATORS = [
    ("administration.people", {}),
    ("administration.invite", {}),
    ("administration.person", {"person": PERSON}),
    ("whole_history.everything", {}),
]
# A page that needs a link just made: tests/people/test_people_pages.py opens it.
BY_A_LINK = {"invitation.page"}
# Blueprints whose pages belong to no record.
OF_THE_SITE = ("site", "people", "administration", "invitation", "whole_history")
# Addresses that are no page: files and redirects.
NO_PAGE = {"static", "root", "practice", "exchange.download", "briefing.state_coverage", "history.download"}
# A page that exists only after an upload: tests/exchange/test_workbook_pages.py opens it.
AFTER_AN_UPLOAD = {"exchange.preview"}
# The same pages of the practice record.
PRACTICE = [
    (endpoint, {**values, **({"state": "XAC"} if "state" in values else {})})
    for endpoint, values in PUBLIC
    if endpoint.split(".")[0] not in OF_THE_SITE
]


def address(app: Flask, endpoint: str, values: dict[str, str], lang: str, record: str = "members") -> str:
    """The address of a page of the table."""
    with app.test_request_context():
        of_record = {"record": record} if endpoint.split(".")[0] not in OF_THE_SITE else {}
        return url_for(endpoint, lang=lang, **of_record, **values)


def name(endpoint: str, values: dict[str, str]) -> str:
    """The page's name in a report of the tests and on its picture."""
    return "-".join([endpoint, *values.values()])
