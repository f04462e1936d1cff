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
    ("differences.page", {"state": "FRA"}),
    ("measures.library", {"state": "FRA"}),
    ("commitments.of_state", {"state": "FRA"}),
    ("register.whole", {}),
    ("coverage.gaps", {"state": "FRA"}),
    ("figures.of_state", {"state": "FRA"}),
    ("figures.of_record", {}),
    ("statistics.page", {}),
    ("statistics.status", {}),
    ("uncertainty.of_state", {"state": "FRA"}),
    ("uncertainty.of_record", {}),
    ("profiles.listed", {}),
    ("profiles.one", {"profile": "equal"}),
    ("profiles.compare", {"profile": "equal"}),
    ("lenses.listed", {}),
    ("lenses.one", {"lens": "iran-resolutions"}),
    ("lenses.of_state", {"state": "FRA", "lens": "proliferation-finance"}),
    ("what_if.page", {"state": "FRA"}),
    ("exchange.excel", {"state": "FRA"}),
    ("charts.gallery", {}),
    ("charts.one", {"name": "coverage"}),
    ("request_lists.board", {}),
    ("request_lists.page", {}),
    ("agendas.due", {}),
    ("agendas.areas", {}),
    ("offer_lists.offers", {}),
    ("offer_lists.providers", {}),
    ("state_requests.of_state", {"state": "FRA"}),
    ("state_outcomes.of_state", {"state": "FRA"}),
    ("site.glossary", {}),
    ("site.method", {}),
    ("site.about_data", {}),
    ("site.accessibility", {}),
    ("people.sign_in", {}),
]
SIGNED_IN = [
    ("people.account", {}),
    ("history.page", {"state": "FRA"}),
    ("worklist.page", {}),
    ("worklist.notices_page", {}),
    ("jobs.listed", {}),
    ("comments.listed", {"state": "FRA"}),
    ("field.page", {"state": "FRA", "field": "op2.use.cw.framework"}),
]
# Pages of the practice record for those who work on it: XAF has a draft that is written into, XAG one that is with
# the State.
FIELD = "op3cd.transit.nw.framework"
REQUEST = "XR-2025-003"
# An offer of the provider that the demonstration's provider contact keeps.
OFFER, PROVIDER = "XO-5", "XP-2"
AT_THE_DESK = [
    ("workflow.overview", {"state": "XAF"}, "desk-officer"),
    ("workflow.overview", {"state": "XAH"}, "reviewer"),
    ("workflow.overview", {"state": "XAA"}, "desk-officer"),
    ("workflow.asserted", {"state": "XAF"}, "desk-officer"),
    ("draft.section", {"state": "XAF", "section": "op1"}, "desk-officer"),
    ("draft.section", {"state": "XAF", "section": "op3ab"}, "desk-officer"),
    ("draft.section", {"state": "XAF", "section": "op3cd"}, "desk-officer"),
    ("field.page", {"state": "XAF", "field": FIELD}, "desk-officer"),
    ("field.page", {"state": "XAG", "field": FIELD}, "focal-point"),
    ("many.choose", {"state": "XAF"}, "desk-officer"),
    ("measures.library", {"state": "XAF"}, "desk-officer"),
    ("commitments.of_state", {"state": "XAF"}, "desk-officer"),
    ("commitments.new", {"state": "XAF"}, "desk-officer"),
    ("commitments.edit", {"state": "XAF", "commitment": "XAF-C1"}, "desk-officer"),
    ("register.take_in", {}, "desk-officer"),
    ("measures.one", {"state": "XAF", "measure": "XAF-M7"}, "desk-officer"),
    ("measures.new", {"state": "XAF"}, "desk-officer"),
    ("measures.edit", {"state": "XAF", "measure": "XAF-M7"}, "desk-officer"),
    ("measures.paste", {"state": "XAF"}, "desk-officer"),
    ("comments.listed", {"state": "XAF"}, "reviewer"),
    ("differences.page", {"state": "XAF"}, "desk-officer"),
    ("round.page", {"state": "XAG"}, "desk-officer"),
    ("round.page", {"state": "XAG"}, "focal-point"),
    ("round.section", {"state": "XAG", "section": "op2"}, "focal-point"),
    ("round.propose", {"state": "XAG", "field": FIELD}, "focal-point"),
    ("worklist.page", {}, "desk-officer"),
    ("statistics.states_behind", {}, "desk-officer"),
    ("worklist.page", {}, "focal-point"),
    ("worklist.notices_page", {}, "reviewer"),
    ("request_lists.board", {}, "coordinator"),
    ("requests.one", {"request_id": REQUEST}, "coordinator"),
    ("requests.one", {"request_id": REQUEST}, "desk-officer"),
    ("requests.new", {}, "coordinator"),
    ("requests.passage", {}, "coordinator"),
    ("requests.edit", {"request_id": REQUEST}, "coordinator"),
    ("request_needs.new", {"request_id": REQUEST}, "coordinator"),
    ("request_needs.edit", {"request_id": REQUEST, "number": "1"}, "coordinator"),
    ("request_templates.take_in", {}, "coordinator"),
    ("agendas.briefing_list", {}, "coordinator"),
    ("offer_lists.offers", {}, "coordinator"),
    ("offer_lists.offers", {}, "provider-contact"),
    ("offer_lists.providers", {}, "coordinator"),
    ("offers.one", {"offer_id": OFFER}, "coordinator"),
    ("offers.one", {"offer_id": OFFER}, "provider-contact"),
    ("offers.new", {}, "coordinator"),
    ("offers.edit", {"offer_id": OFFER}, "provider-contact"),
    ("offers.ask", {"offer_id": OFFER}, "coordinator"),
    ("offer_workbooks.take_in", {}, "coordinator"),
    ("providers.one", {"provider_id": PROVIDER}, "coordinator"),
    ("providers.new", {}, "coordinator"),
    ("providers.edit", {"provider_id": PROVIDER}, "coordinator"),
    ("providers.edit", {"provider_id": PROVIDER}, "provider-contact"),
    ("agendas.holidays", {}, "coordinator"),
    ("state_requests.of_state", {"state": "XAG"}, "focal-point"),
    ("matches.of_record", {}, "coordinator"),
    ("matches.page", {}, "coordinator"),
    ("match_page.one", {"request_id": "XR-2018-001", "need": "1", "number": "1"}, "coordinator"),
    ("outcomes.measures", {}, "coordinator"),
    ("outcomes.overlaps", {}, "coordinator"),
    ("reports.page", {}, "coordinator"),
    ("state_outcomes.of_state", {"state": "XAA"}, "coordinator"),
    ("answers.listed", {}, "provider-contact"),
    ("state_requests.submit", {"state": "XAG"}, "focal-point"),
    ("matching.of_request", {"request_id": REQUEST}, "coordinator"),
    ("matching.of_need", {"request_id": REQUEST, "number": "1"}, "coordinator"),
    ("match_weights.page", {}, "coordinator"),
    ("match_weights.edit", {}, "coordinator"),
    ("planning.page", {}, "coordinator"),
    ("kept_plans.listed", {}, "coordinator"),
    ("letters.listed", {"request_id": REQUEST}, "coordinator"),
    ("letters.new", {"request_id": REQUEST, "kind": "acknowledgement"}, "coordinator"),
    ("letters.new", {"request_id": REQUEST, "kind": "offers"}, "coordinator"),
    ("letter_templates.listed", {}, "coordinator"),
    ("letter_templates.edit", {"kind": "note-verbale", "text_language": "ar"}, "coordinator"),
    ("profiles.new", {}, "reviewer"),
    ("statistics.page", {}, "reviewer"),
    ("lens_forms.new", {}, "reviewer"),
    ("lens_forms.note", {"lens": "iran-resolutions"}, "reviewer"),
    ("beside.page", {"state": "XAC", "other": "XAA"}, "briefer"),
    ("packs.page", {}, "briefer"),
    ("pack_templates.listed", {}, "administrator"),
]
# Pages of administrators; PERSON stands for the actor id of the demo administrator.
PERSON = "PERSON"
ADMINISTRATORS = [
    ("administration.people", {}),
    ("administration.invite", {}),
    ("pack_templates.listed", {}),
    ("administration.person", {"person": PERSON}),
    ("whole_history.everything", {}),
]
# A page that needs a link just made: tests/people/test_people_pages.py opens it.
BY_A_LINK = {"invitation.page"}
# Blueprints whose pages belong to no record.
OF_THE_SITE = (
    "site",
    "people",
    "reminders",
    "letter_templates",
    "administration",
    "invitation",
    "whole_history",
    "recipes",
    "pack_templates",
    "jobs",
)
# Addresses that are no page: files and redirects.
NO_PAGE = {"static", "root", "practice", "exchange.download", "briefing.state_coverage", "history.download"}
NO_PAGE |= {"letters.sent", "due_dates.feed", "requests.paper", "request_lists.file", "request_templates.download"}
NO_PAGE |= {"charts.file"}
NO_PAGE |= {"offer_lists.offers_file", "offer_lists.providers_file", "offer_workbooks.download"}
NO_PAGE |= {"coverage.gaps_file", "coverage.actions_file", "planning.file", "kept_plans.file"}
NO_PAGE |= {"matches.file", "reports.file"}
NO_PAGE |= {"figures.of_state_file", "figures.of_record_file", "profiles.compare_file"}
NO_PAGE |= {"statistics.page_file", "statistics.status_file", "statistics.states_behind_file"}
NO_PAGE |= {"uncertainty.of_state_file", "uncertainty.of_record_file"}
NO_PAGE |= {"lenses.listed_file", "lenses.one_file", "lenses.of_state_as_file", "what_if.file", "beside.file"}
NO_PAGE |= {"register.download", "draft.jump", "measures.document", "sheets.download", "sheets.differences"}
# A page that exists only after an upload: tests/exchange/test_workbook_pages.py opens it.
AFTER_AN_UPLOAD = {"exchange.preview"}
# A page about something that the office makes first: tests/coverage/test_lenses_pages.py opens it.
AFTER_AN_UPLOAD |= {"lens_forms.edit"}
# ... and about a plan that was kept, or a pair of it: tests/assistance/test_planning_pages.py.
AFTER_AN_UPLOAD |= {"kept_plans.one", "planning.pair"}
# ... after a need was circulated and fits: tests/assistance/test_answer_pages.py.
AFTER_AN_UPLOAD |= {"answers.need"}
# ... and after a profile was made: tests/coverage/test_figure_pages.py.
AFTER_AN_UPLOAD |= {"profiles.edit"}
# ... and after background work was asked for: tests/desk/test_job_pages.py.
AFTER_AN_UPLOAD |= {"jobs.one"}
# A page about a request that awaits its note verbale: tests/assistance/test_submitted_requests.py.
AFTER_AN_UPLOAD |= {"state_requests.edit"}
# A page that needs a recipe kept: tests/briefing/test_recipes.py opens it.
AFTER_AN_UPLOAD |= {"recipes.one"}
NO_PAGE |= {"jobs.file"}
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
