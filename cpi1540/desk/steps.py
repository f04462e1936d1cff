"""What to try first, on the first page; the list grows with the product."""

from cpi1540.desk.pages import Step
from cpi1540.foundation.messages import sentence

MEMBERS = (
    Step(
        "desk.states_list",
        {"q": "新加坡"},
        sentence("Find a State in another language"),
        sentence("Singapore is found by its Chinese name; Arabic and Russian work the same way."),
    ),
    Step(
        "desk.state",
        {"state": "FRA"},
        sentence("Open a State"),
        sentence(
            "OP 1 is recorded with sources and their age; OP 2 and OP 3 show no figure, since nothing is reviewed."
        ),
    ),
    Step(
        "matrix.section",
        {"state": "KEN", "section": "op1"},
        sentence("Read a section as it is printed"),
        sentence("Each code stands beside what it rests on; old sources carry a mark."),
    ),
    Step(
        "site.method",
        {},
        sentence("See how figures are made"),
        sentence("Three numbers, one formula, and why OP 1 is never in the total."),
    ),
)

PRACTICE = (
    Step(
        "desk.state",
        {"state": "XAC"},
        sentence("Open Dzavanga (XAC)"),
        sentence("Three sections with their intervals, instruments, three approved versions."),
    ),
    Step(
        "matrix.section",
        {"state": "XAC", "section": "op3cd"},
        sentence("Read how one law serves many fields"),
        sentence("In OP 3 (c) (d) the Export Control Act is cited again and again, each time with its article."),
    ),
    Step(
        "coverage.gaps",
        {"state": "XAC"},
        sentence("See its gaps"),
        sentence("Fields that were reviewed and are not X; below them, how many nobody has reviewed."),
    ),
    Step(
        "exchange.excel",
        {"state": "XAC"},
        sentence("Bring a workbook back"),
        sentence(
            "Sign in as desk officer and choose seed/practice/returned.xlsx: four changes are listed, and a draft "
            "takes them."
        ),
    ),
    Step(
        "workflow.overview",
        {"state": "XAC"},
        sentence("Close three gaps by citing one law"),
        sentence(
            "As desk officer, start a draft, choose “Apply a measure” and a law, tick rows, look at what would change "
            "and apply it: one undo takes it back."
        ),
    ),
    Step(
        "round.page",
        {"state": "XAG"},
        sentence("Answer what a State proposes"),
        sentence("The focal point of Lutanda (XAG) has proposed changes: each stands beside the draft."),
    ),
    Step(
        "differences.page",
        {"state": "XAC"},
        sentence("Compare two versions"),
        sentence("Codes, sources and remarks side by side, word by word; as Excel and Word too."),
    ),
)
