"""Every page: endpoint, values of its address, and who may open it. A route that is not here fails the suite."""

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
    ("site.glossary", {}),
    ("site.method", {}),
    ("site.about_data", {}),
    ("site.accessibility", {}),
    ("people.sign_in", {}),
]
SIGNED_IN = [("people.account", {})]
# Addresses that are no page: files and redirects.
NO_PAGE = {"static", "root"}
