"""The sentences of gaps: names of factors, of kinds of instruments and of kinds of assistance."""

from collections.abc import Mapping

from cpi1540.coverage.gap_action import Instrument
from cpi1540.foundation.messages import N_

FACTOR_NAMES: Mapping[str, str] = {
    "weight": N_("Weight in the profile"),
    "peers": N_("Others of the group"),
    "dependence": N_("Dependence"),
    "lens": N_("Lens"),
    "age": N_("Age"),
}
INSTRUMENT_NAMES: Mapping[Instrument, str] = {
    Instrument.ACT: N_("Act of parliament"),
    Instrument.REGULATION: N_("Regulation"),
    Instrument.ADMINISTRATIVE_MEASURE: N_("Administrative measure"),
    Instrument.INSTITUTION: N_("Institution"),
    Instrument.EQUIPMENT_AND_TRAINING: N_("Equipment and training"),
}
# The words of assistance.messages, which stands above this wing.
REQUEST_KIND_NAMES: Mapping[str, str] = {
    "legislative-drafting": N_("Legislative drafting"),
    "regulatory": N_("Regulations and licensing"),
    "training": N_("Training"),
    "equipment": N_("Equipment"),
    "technical": N_("Technical advice"),
    "action-plan": N_("National action plan"),
    "reporting": N_("Reporting to the Committee"),
    "funding": N_("Funding"),
}
