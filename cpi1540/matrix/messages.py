"""The matrix's sentences: names of codes, standings and origins, and the texts of derived statements."""

import datetime
from collections.abc import Callable, Mapping

from cpi1540.foundation.messages import N_, Sentence
from cpi1540.foundation.partial_date import PartialDate
from cpi1540.matrix.layout import Aspect, Domain
from cpi1540.matrix.proposal import Decision
from cpi1540.matrix.record import Basis, Handling, Origin, Statement, Status
from cpi1540.matrix.staleness import Why

STATEMENTS: Mapping[str, str] = {
    "party": N_("Party; the date is not known. Source: %(source)s, as of %(as_of)s."),
    "party-ratification": N_("Party: ratification on %(date)s. Source: %(source)s, as of %(as_of)s."),
    "party-accession": N_("Party: accession on %(date)s. Source: %(source)s, as of %(as_of)s."),
    "party-acceptance": N_("Party: acceptance on %(date)s. Source: %(source)s, as of %(as_of)s."),
    "party-succession": N_("Party: succession on %(date)s. Source: %(source)s, as of %(as_of)s."),
    "party-joining": N_("Party since %(date)s; the kind of act is not known. Source: %(source)s, as of %(as_of)s."),
    "signatory": N_("Signed on %(date)s; not a party. Source: %(source)s, as of %(as_of)s."),
    "listed-signatory": N_("Signatory, not a party. Source: %(source)s, as of %(as_of)s."),
    "revoked": N_("Signatory; ratification revoked on %(date)s. Source: %(source)s, as of %(as_of)s."),
    "neither": N_("Not a party; the source does not tell signature. Source: %(source)s, as of %(as_of)s."),
    "not-listed": N_("Not a party: not named in a table that lists every State, as of %(as_of)s."),
    "not-a-party-then": N_("Not a party on %(as_of)s according to %(source)s."),
    "member": N_("Listed as a member. Source: %(source)s, as of %(as_of)s."),
    "notice-of-withdrawal": N_(
        "Notice of withdrawal on %(date)s; States parties hold differing views. Source: %(source)s."
    ),
    "notice-of-withdrawal-provisional": N_(
        "Notice of withdrawal on %(date)s; States parties hold differing views. Provisional: no document has been "
        "entered as its source."
    ),
    "suspension": N_("Membership suspended on %(date)s. Source: %(source)s."),
    "suspension-provisional": N_(
        "Membership suspended on %(date)s. Provisional: no document has been entered as its source."
    ),
}

# The looks of a code: the code itself, X told apart by its basis, "u" not reviewed.
CODE_NAMES: Mapping[str, str] = {
    "x": N_("X, reference found"),
    "xa": N_("X, asserted by the State"),
    "q": N_("?, reference not directly relevant or incomplete"),
    "na": N_("NA, not applicable"),
    "b": N_("Blank: reviewed, nothing found"),
    "u": N_("Not reviewed"),
}

DOMAIN_NAMES: Mapping[Domain, str] = {
    Domain.NW: N_("Nuclear weapons"),
    Domain.CW: N_("Chemical weapons"),
    Domain.BW: N_("Biological weapons"),
}
DOMAIN_SHORT: Mapping[Domain, str] = {Domain.NW: N_("NW"), Domain.CW: N_("CW"), Domain.BW: N_("BW")}
ASPECT_NAMES: Mapping[Aspect, str] = {
    Aspect.FRAMEWORK: N_("National legal framework"),
    Aspect.ENFORCEMENT: N_("Enforcement"),
}
BASIS_NAMES: Mapping[Basis, str] = {
    Basis.ASSERTED: N_("asserted by the State"),
    Basis.REFERENCE: N_("reference found"),
}
ORIGIN_NAMES: Mapping[Origin, str] = {
    Origin.COMMITTEE: N_("document of the Committee"),
    Origin.STATE: N_("returned by the State"),
    Origin.OFFICE: N_("working copy of the office"),
    Origin.REFERENCE: N_("made from the reference data"),
}
STATUS_NAMES: Mapping[Status, str] = {
    Status.DRAFT: N_("draft"),
    Status.IN_REVIEW: N_("in review"),
    Status.WITH_STATE: N_("with the State for comment"),
    Status.AGREED: N_("agreed"),
    Status.APPROVED: N_("approved"),
    Status.REFERENCE: N_("reference"),
}
HANDLING_NAMES: Mapping[Handling, str] = {
    Handling.PUBLIC: N_("public"),
    Handling.STATES: N_("States"),
    Handling.RESTRICTED: N_("restricted"),
    Handling.INTERNAL: N_("internal"),
}


# Names of what a save was made by.
SAVE_KINDS: Mapping[str, str] = {
    "edit": N_("edited"),
    "many": N_("many fields at once"),
    "import": N_("taken from a file"),
    "proposal": N_("proposal of the State"),
    "undo": N_("taken back"),
}
WHY_STALE: Mapping[Why, str] = {
    Why.OLD_TABLE: N_("the table it comes from is older than 24 months"),
    Why.REPEALED: N_("the measure is repealed"),
    Why.OLD_DOCUMENT: N_("nobody has looked at the document for longer than the office’s limit"),
}
DECISION_NAMES: Mapping[Decision, str] = {
    Decision.ACCEPTED: N_("accepted"),
    Decision.AMENDED: N_("accepted with changes"),
    Decision.DECLINED: N_("declined"),
    Decision.REPLACED: N_("replaced by a later proposal"),
}


def statement_sentence(statement: Statement) -> Sentence:
    """The sentence of a derived statement, its dates as dates so that they are written in the reader's way."""
    readers: Mapping[str, Callable[[str], object]] = {
        "date": PartialDate.parse,
        "as_of": datetime.date.fromisoformat,
    }
    params = {key: readers.get(key, str)(value) for key, value in statement.params.items()}
    return Sentence(STATEMENTS[statement.code], params)
