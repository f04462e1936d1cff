"""The sentences on the sheet on which a State comments, and on a table of differences."""

from collections.abc import Mapping

from cpi1540.exchange.comment_sheet import Part
from cpi1540.foundation.messages import N_, Sentence, plural_sentence

SHEET_OF = N_("%(state)s: draft matrix on resolution 1540 (2004), for comment by the State")
DRAFT_HEAD = N_("In the draft")
STATE_HEAD = N_("To be filled in by the State")
HEADS: Mapping[Part, str] = {
    Part.FIELD: N_("Key"),
    Part.NUMBER: N_("No."),
    Part.LABEL: N_("Subject"),
    Part.DOMAIN: N_("Weapons"),
    Part.ASPECT: N_("Aspect"),
    Part.CODE: N_("Code"),
    Part.SOURCES: N_("Sources"),
    Part.REMARKS: N_("Remarks"),
    Part.PROPOSED_CODE: N_("Proposed code"),
    Part.PROPOSED_SOURCES: N_("Proposed source: law, article, page"),
    Part.PROPOSED_REMARKS: N_("Proposed remark"),
    Part.COMMENT: N_("Comment"),
}
HOW_TO_COMMENT = N_("How to comment")
STEPS: tuple[str, ...] = (
    N_("Fill in only the last four columns of a row, and only where the State proposes a change or has a comment. "
       "An empty cell proposes nothing: the draft stays as it is."),
    N_("Proposed code: X, ? or NA. To propose a blank, which means that the State has looked and found nothing "
       "relevant, write a dash: –. The codes are explained on this page."),
    N_("Proposed source: name the law or other instrument, its article and, where there is one, the page or the web "
       "address. Each source is a paragraph of its own."),
    N_("A proposed remark replaces the remark in the draft. A comment is read by the office and does not enter the "
       "matrix."),
    N_("Do not add, copy or merge rows, and write no formulas. Each row carries the key of its field, by which it is "
       "recognised when the file comes back."),
    N_("Send the file back in the same format, without a password."),
)  # fmt: skip
CHOICE_TITLE = N_("Proposed code")
CHOICE_HINT = N_("X measure in place · ? incomplete · NA not applicable · – blank: nothing found · empty: no change")
CHOICE_ERROR = N_("Choose a code from the list, or clear the cell.")
KEY_LINE = N_("Do not change this line:")
PAGE = N_("Page")

DIFFERENCES = N_("Differences")
DIFFERENCES_OF = N_("%(state)s: differences between two versions of the matrix")
FROM_TO = N_("From: %(before)s. To: %(after)s.")
CHOSEN = N_("Only: %(chosen)s.")


def fields_differ(n: int, day: str) -> Sentence:
    """How many fields differ, and when the file was made."""
    return plural_sentence(
        "%(n)s field differs. File made on %(day)s.", "%(n)s fields differ. File made on %(day)s.", n, day=day
    )


HOW_MARKED = N_("Words that were removed are struck through, words that were added are underlined.")
NOT_IN_LAYOUT = N_("not in this layout")
NO_DIFFERENCES = N_("The two versions record the same.")
SECTION = N_("Section")
BEFORE = N_("Code before")
AFTER = N_("Code after")


def lines_of_section(n: int) -> Sentence:
    """How many fields of a section stand on a sheet."""
    return plural_sentence("%(n)s field", "%(n)s fields", n)
