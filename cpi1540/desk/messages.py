"""The desk's sentences."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

# Kind of a notice -> what it says; the State and the person are named beside it.
NOTICES: Mapping[str, str] = {
    "mention": N_("mentioned you in a comment"),
    "comment": N_("commented on a field"),
    "step-submit": N_("submitted the draft for review"),
    "step-take-back": N_("took the draft back from review"),
    "step-return": N_("returned the draft to the desk officer"),
    "step-send": N_("sent the draft to the State for comment"),
    "step-recall": N_("recalled the draft from the State"),
    "step-agree": N_("recorded the State’s agreement"),
    "step-reopen": N_("opened the draft again"),
    "step-approve": N_("recorded the Committee’s approval"),
}
