"""The sentences of briefing packs: kinds, heads of tables, words that writers print."""

from collections.abc import Mapping

from cpi1540.briefing.packs.pack import Form, Kind
from cpi1540.foundation.messages import N_

KIND_NAMES: Mapping[Kind, str] = {
    Kind.GLOBAL: N_("Global status"),
    Kind.GROUP: N_("Regional group"),
    Kind.STATE: N_("Meeting sheet of one State"),
    Kind.LENS: N_("One lens"),
    Kind.ASSISTANCE: N_("Assistance round-up"),
    Kind.REVIEW: N_("Annex to a comprehensive review"),
}
KIND_MEANINGS: Mapping[Kind, str] = {
    Kind.GLOBAL: N_("Coverage by section and by group, what changed between two dates, treaties, assistance."),
    Kind.GROUP: N_("Coverage of a group by section and by State, and what changed between two dates."),
    Kind.STATE: N_(
        "One page: coverage with its intervals, what changed, open requests, stale sources, commitments, and three "
        "questions with the fact behind each."
    ),
    Kind.LENS: N_("Coverage of the rows of one lens, common gaps, instruments and commitments."),
    Kind.ASSISTANCE: N_("Requests by step and by what is due, needs by area and by kind."),
    Kind.REVIEW: N_("The status tables of all sections at two dates."),
}
FORM_NAMES: Mapping[Form, str] = {
    Form.PPTX: N_("PowerPoint"),
    Form.DOCX: N_("Word"),
    Form.PDF: N_("PDF"),
}
# Kind -> the title of a pack.
TITLES: Mapping[Kind, str] = {
    Kind.GLOBAL: N_("Resolution 1540 (2004): global status"),
    Kind.GROUP: N_("Resolution 1540 (2004): %(scope)s"),
    Kind.STATE: N_("Meeting sheet: %(scope)s"),
    Kind.LENS: N_("%(lens)s: %(scope)s"),
    Kind.ASSISTANCE: N_("Assistance round-up: %(scope)s"),
    Kind.REVIEW: N_("Annex to the comprehensive review: %(scope)s"),
}
MEDIA_TYPES: Mapping[Form, str] = {
    Form.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    Form.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Form.PDF: "application/pdf",
}
TEMPLATE_NAMES: Mapping[Form, str] = {
    Form.PPTX: N_("Slide master"),
    Form.DOCX: N_("Word template"),
}
