"""The sentences of the register of commitments."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_, Sentence
from cpi1540.foundation.problems import Problem
from cpi1540.states.commitment import Confidence, Handling
from cpi1540.states.instruments import ActionKind

PART_NAMES: Mapping[str, str] = {
    "kind": N_("Kind"),
    "value": N_("Value"),
    "date": N_("Date"),
    "authority": N_("Authority or other party"),
    "source": N_("Source"),
    "url": N_("Address of the source"),
    "as_of": N_("Date of the source"),
    "note": N_("Note"),
    "handling": N_("Handling"),
    "confidence": N_("Confidence"),
    "ended": N_("Ended"),
    "revises": N_("Revises"),
}
HANDLING_NAMES: Mapping[Handling, str] = {
    Handling.PUBLIC: N_("public"),
    Handling.INTERNAL: N_("internal: for the office alone"),
}
CONFIDENCE_NAMES: Mapping[Confidence, str] = {
    Confidence.SEEN: N_("the document was seen"),
    Confidence.REMEMBERED: N_("provisional: not checked against the document"),
}
ACTION_NAMES: Mapping[ActionKind, str] = {
    ActionKind.SIGNATURE: N_("signature"),
    ActionKind.RATIFICATION: N_("ratification"),
    ActionKind.ACCESSION: N_("accession"),
    ActionKind.ACCEPTANCE: N_("acceptance"),
    ActionKind.SUCCESSION: N_("succession"),
    ActionKind.JOINING: N_("joined"),
    ActionKind.WITHDRAWAL: N_("withdrawal"),
    ActionKind.NOTICE_OF_WITHDRAWAL: N_("notice of withdrawal"),
    ActionKind.RATIFICATION_REVOKED: N_("ratification revoked"),
    ActionKind.SUSPENSION: N_("suspension"),
    ActionKind.LISTED_SIGNATORY: N_("listed as a signatory"),
    ActionKind.LISTED_NEITHER: N_("listed as not a party"),
    ActionKind.LISTED_MEMBER: N_("listed as a member"),
}

# What is wrong with a record, whether it was typed into a form or stands in a file.
RECORD_PROBLEMS: Mapping[str, str] = {
    "unknown-kind": N_("There is no kind of commitment “%(found)s”."),
    "read-only-kind": N_("Records of the kind “%(found)s” come from the reference data alone."),
    "too-long": N_("This is longer than %(n)s characters."),
    "no-value-here": N_("A record of this kind has no value. Leave it empty."),
    "no-value": N_("Say the value: a record of this kind needs one."),
    "unlisted-value": N_("“%(found)s” is no value of this kind. Known are: %(known)s."),
    "no-number": N_("“%(found)s” is not a whole number."),
    "no-resolution": N_("“%(found)s” is not a resolution. Write it as in 1718 (2006)."),
    "no-authority-here": N_("A record of this kind has no authority or other party. Leave it empty."),
    "no-authority": N_("Name the authority, the list or the other party."),
    "no-source": N_("Name the source: a document, a list, a page."),
    "no-address": N_("This is not a web address. It begins with https:// or http://."),
    "not-revisable": N_("A record of this kind revises no other. Leave it empty."),
    "no-as-of": N_("Enter the date of the source: the day on which it says so, as in 2026-10-28."),
    "in-the-future": N_("This date lies in the future."),
    "after-its-source": N_("This date lies after the date of the source, which cannot know it."),
    "ended-before": N_("It ended before it began. Look at the two dates."),
    "recorded-already": N_("The same is recorded already as %(found)s. Change that record."),
    "unknown-revised": N_("The register has no record %(found)s of this kind for this State."),
    "revises-itself": N_("Following what is revised from %(found)s leads back to this record."),
    "stands-already": N_("%(found)s stands already, and one record of this kind stands at a time. Change it, revise "
                         "it, or say when it ended."),
}  # fmt: skip

FILE_PROBLEMS: Mapping[str, str] = {
    "too-large": N_("The file is larger than %(n)s MB. It was not read."),
    "no-utf-8": N_("The file is not a text in UTF-8. Save it as “CSV UTF-8”."),
    "no-csv": N_("The file cannot be read as CSV here: %(found)s."),
    "too-many-lines": N_("The file has more than %(n)s records. Divide it."),
    "other-number-of-cells": N_("The line has %(n)s cells; the first line names %(all)s columns."),
    "missing-column": N_("The column %(found)s is missing. The columns are: %(known)s."),
    "unknown-column": N_("“%(found)s” is no column. The columns are: %(known)s."),
    "repeated-column": N_("The column %(found)s stands there twice."),
    "no-state": N_("Name the State by its three letters."),
    "unknown-state": N_("There is no State %(found)s in this record."),
    "not-yours": N_("You do not keep the register of %(found)s. Its desk officer takes this line in."),
    "no-identifier": N_("“%(found)s” is no identifier of a record of %(state)s. Leave it empty for a new record."),
    "withdrawn-record": N_("%(found)s was withdrawn from the register. Take the line out, or record it anew."),
    "repeated-record": N_("The file speaks of %(found)s twice; the first time on line %(first)s."),
    "no-partial-date": N_("“%(found)s” is not a date. Write a year, a month or a day: 2004, 2004-10 or 2004-10-28."),
    "no-day": N_("“%(found)s” is not a day. Write it as in 2026-10-28."),
    "unknown-word": N_("“%(found)s” is not known here. Write one of: %(known)s."),
}


def problem_sentence(problem: Problem) -> Sentence:
    """What is wrong, for a reader; the place stands beside it."""
    text = RECORD_PROBLEMS.get(problem.code) or FILE_PROBLEMS[problem.code]
    return Sentence(text, problem.params)
