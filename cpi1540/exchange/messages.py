"""The sentences of files: heads and explanations in them, and what is wrong with one that comes in."""

from collections.abc import Mapping

from cpi1540.foundation.files.zip_guard import CONTAINER_PROBLEMS
from cpi1540.foundation.messages import N_, Sentence
from cpi1540.foundation.problems import Problem
from cpi1540.matrix.layout import Aspect, Domain

REMARK_LEADERS: Mapping[tuple[Domain | None, Aspect], str] = {
    (None, Aspect.FRAMEWORK): N_("Framework"),
    (None, Aspect.ENFORCEMENT): N_("Enforcement"),
    (Domain.NW, Aspect.FRAMEWORK): N_("NW framework"),
    (Domain.CW, Aspect.FRAMEWORK): N_("CW framework"),
    (Domain.BW, Aspect.FRAMEWORK): N_("BW framework"),
    (Domain.NW, Aspect.ENFORCEMENT): N_("NW enforcement"),
    (Domain.CW, Aspect.ENFORCEMENT): N_("CW enforcement"),
    (Domain.BW, Aspect.ENFORCEMENT): N_("BW enforcement"),
}

NUMBER_HEAD = N_("No.")
YES_HEAD = N_("YES")
INSTRUMENT_HEAD = N_("Legally binding instruments, organizations, codes of conduct, arrangements and statements")
QUESTION_HEAD = N_("Subject")
INFORMATION_HEAD = N_("If YES, relevant information (signing, accession, ratification, ...)")
LABEL_HEADS: Mapping[str, str] = {
    "op2": N_("Does national legislation exist which prohibits persons or entities to engage in one of these "
              "activities, and can violators be penalized?"),
    "op3ab": N_("Are measures in place to account for, secure or otherwise protect, and can violators be penalized?"),
    "op3cd": N_("Which legislation, procedures, measures and agencies exist to control border crossings, export, "
                "import and other transfers, and can violators be penalized?"),
}  # fmt: skip
FRAMEWORK_HEAD = N_("National legal framework: YES")
ENFORCEMENT_HEAD = N_("Enforcement and civil or criminal penalties: YES")
SOURCE_HEAD = N_("If YES, source document of national implementation law")
ENFORCEMENT_SOURCE_HEAD = N_("If YES, source document")
REMARKS_HEAD = N_("Remarks")

COVER = N_("Cover")
MATRIX_OF = N_("%(state)s: matrix on resolution 1540 (2004)")
STATE = N_("State")
LAYOUT = N_("Layout")
VERSION = N_("Version")
VERSION_TEXT = N_("Version %(number)s, %(status)s, %(origin)s")
AS_OF = N_("As of")
APPROVED = N_("Approved by the Committee")
SYMBOL = N_("Document symbol")
EXPORTED = N_("File made on")
SECTIONS = N_("Sections")
REVIEWED = N_("Fields reviewed")
REVIEWED_OF = N_("%(reviewed)s of %(fields)s")
CODES = N_("Codes")
HOW_TO_FILL = N_("How to fill in")
NOTICES = N_("Please note")
PRACTICE_NOTICE = N_("Practice data. The States here are invented. Nothing in this file describes a real country.")
PRACTICE = N_("Practice data.")
DISCLAIMER = N_("Not a measure of compliance.")
DISCLAIMER_WHY = N_(
    "The matrix is a reference tool for technical assistance and dialogue; it does not judge whether obligations "
    "are met."
)
PROVISIONAL_ROWS = N_("† Provisional wording, not yet checked against the official text.")
PROVISIONAL_SECTION = N_("The wording of all rows is provisional: it was not yet checked against the official text.")
PROVISIONAL_LAYOUT = N_("The wording of this layout is provisional where it is marked so.")
NOT_REVIEWED_SPELLING = N_("empty")
CODE_MEANINGS: Mapping[str, str] = {
    "X": N_("The Committee considers that the State has taken the steps required, or gave specific references; a "
            "reference was found. It does not say that obligations are met in full."),
    "X*": N_("As X, but the State asserts it and a reference has not been found yet."),
    "?": N_("References may not be directly relevant or are incomplete."),
    "NA": N_("Not applicable to the State."),
    "–": N_("Reviewed, and no relevant information was found. It does not say that no measure exists."),
    "": N_("Nobody has looked at this field yet."),
}  # fmt: skip
STEPS: tuple[str, ...] = (
    N_("Change the codes by choosing from the list in the cell. Leave a cell as it is where nothing changed: only "
       "changed cells are read."),
    N_("Write each source as a paragraph of its own (Alt+Enter). Where a cell serves several weapon domains, begin "
       "the paragraph with NW:, CW: or BW:, or with several, as in NW, CW:."),
    N_("To cite a measure of the record, put its identifier in square brackets at the end of the paragraph, after "
       "the article, as in [FRA-M12]. A web address goes in angle brackets, as in <https://...>."),
    N_("Write remarks in the last column. Begin each paragraph with the field that it speaks of, as the paragraphs "
       "there do, for example NW framework: or CW enforcement:."),
    N_("Do not add, delete, copy or merge rows, and write no formulas. Hidden rows and columns carry the keys by "
       "which the file is recognised."),
    N_("Information refers to the page of the English version of the national report or to an official web site."),
)  # fmt: skip
LIST_TITLE = N_("Code")
LIST_HINT = N_("X reference found · X* asserted by the State · ? incomplete · NA not applicable · – nothing found · "
               "empty: not reviewed")  # fmt: skip
LIST_ERROR = N_("Choose a code from the list, or clear the cell.")

FILE_PROBLEMS: Mapping[str, str] = {
    **CONTAINER_PROBLEMS,
    "too-many-cells": N_("The sheet reaches to %(cell)s; a matrix is far smaller. It was not read."),
    "no-matrix": N_("No sheet of a matrix was recognised in the file."),
    "no-state": N_("The file does not say which State it is of. Name the State."),
    "unknown-state": N_("There is no State %(found)s in this record."),
    "other-state": N_("The file is of %(found)s, but %(state)s was named."),
    "unknown-layout": N_("The file is in the layout %(found)s, which is not loaded."),
    "other-layout": N_("The file is in the layout %(found)s, the matrix in the record is in %(layout)s."),
    "other-record": N_("The file belongs to the other record: practice data and Member States are kept apart."),
    "unknown-format": N_("The file was made by a newer version of this software (file form %(found)s)."),
    "keys-damaged": N_("The hidden keys of the file were changed, so its rows cannot be trusted. Export it anew."),
    "missing-sheet": N_("The sheet of the section %(section)s is missing."),
    "repeated-sheet": N_("The section %(section)s stands on two sheets: %(first)s and this one."),
    "missing-row": N_("The row %(row)s is missing."),
    "missing-column": N_("The column %(column)s is missing."),
    "repeated-row": N_("The row %(row)s stands there twice; the first is at %(first)s."),
    "repeated-column": N_("The column %(column)s stands there twice; the first is at %(first)s."),
    "unknown-row": N_("Something is written in a row that is none of the section %(section)s: %(found)s."),
    "unclear-domain": N_("The row %(row)s does not tell which weapon domain it is of."),
    "unknown-code": N_("“%(found)s” is no code. Known are: %(known)s."),
    "misplaced-code": N_("The code “%(found)s” stands where a text belongs."),
    "formula": N_("The cell holds a formula. Formulas are not read: write the value itself."),
    "cell-fault": N_("The cell shows a calculation fault instead of a value."),
    "merged-cells": N_("The cells %(range)s are merged, so it is not clear which field the value belongs to."),
    "hidden-change": N_("The row or column is hidden, but its content was changed. Show it, or export the file anew."),
    "unled-text": N_("The text does not begin with the field that it speaks of (%(leaders)s): “%(found)s”."),
    "cut-text": N_("The text was too long for a cell and had been cut, so a change to it cannot be read. Change it "
                   "on the page."),
    "unknown-measure": N_("The record of this State has no measure %(found)s."),
    "changed-since": N_("The field %(field)s was changed in the record since the file was made. The file says "
                        "“%(file)s”, the record “%(record)s”."),
    "comment-sheet": N_("The file is a sheet for the comments of the State. Take it in where the draft is with the "
                        "State, not here."),
    "no-sheet-keys": N_("The file is no sheet for the comments of a State, or its keys are gone. Fill in the sheet "
                        "as it was sent."),
    "unknown-field": N_("The layout has no field %(found)s. The key of the row was changed."),
    "text-without-field": N_("Something is written in a row that belongs to no field: “%(found)s”."),
    "row-reshaped": N_("Cells of this row were merged or removed, so it is not clear which field they speak of."),
    "cell-joined": N_("The cell is merged with the one above, so it is not clear which field its value belongs to."),
    "hidden-text": N_("The cell has text that is hidden. Show it or remove it."),
    "row-moved": N_("The row of the field %(field)s names another field now: rows and keys were moved apart. Fill in "
                    "the sheet as it was sent."),
}  # fmt: skip

FILE_NOTES: Mapping[str, str] = {
    "understood": N_("“%(found)s” was understood as %(code)s."),
    "sheet-passed-over": N_("The sheet is no part of a matrix and was passed over."),
    "extra-column": N_("A column that is no part of the form was passed over."),
    "formula-passed-over": N_("Formulas outside the form were passed over."),
    "empty-passed-over": N_("Empty cells of a file without keys say nothing; %(n)s fields keep what they have."),
    "hidden-read": N_("A hidden row or column was read as well; it holds no change."),
    "older-version": N_("The file was made from version %(version)s, revision %(revision)s; the draft is version "
                        "%(number)s, revision %(now)s by now. Only what was changed in the file is read."),
    "margin-comments": N_("The file has comments beside its cells or in its margin. They are not read: look at them "
                          "in the file."),
    "same-code": N_("%(code)s is the code of the draft already; no change of code is proposed."),
    "draft-text-changed": N_("What the draft says in the row %(field)s was changed on the sheet. Only the columns of "
                             "the State are read."),
    "by-label": N_("Rows were recognised by their labels, as the file has no keys."),
}  # fmt: skip


def problem_sentence(problem: Problem) -> Sentence:
    """What a problem or a note of a file says, for a reader; ``where`` stands beside it."""
    text = FILE_PROBLEMS.get(problem.code) or FILE_NOTES[problem.code]
    return Sentence(text, problem.params)
