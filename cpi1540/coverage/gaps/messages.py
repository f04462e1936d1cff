"""The sentences of gaps: names of factors, of kinds of instruments and of kinds of assistance."""

from collections.abc import Mapping

from cpi1540.coverage.gaps.gap_action import Instrument
from cpi1540.foundation.messages import N_

FACTOR_NAMES: Mapping[str, str] = {
    "weight": N_("Weight in the profile"),
    "peers": N_("Others of the group"),
    "dependence": N_("Dependence"),
    "lens": N_("Lens"),
    "age": N_("Age"),
}
FACTOR_MEANINGS: Mapping[str, str] = {
    "weight": N_("What the field weighs in the profile, against the heaviest field of it."),
    "peers": N_(
        "The share of the other States of the regional group reviewed in this field that have measures recorded; 0.5 "
        "where none is reviewed."
    ),
    "dependence": N_(
        "Enforcement whose legal framework is a gap itself waits: 0; a framework for which enforcement waits: 1; "
        "enforcement whose framework is no gap: 0.75; else 0.5."
    ),
    "lens": N_("1 where the row is part of the lens asked for, else 0; counted only where a lens is asked for."),
    "age": N_("Months since the newest date of the version and of the field’s sources; 60 months or more are 1."),
}
INSTRUMENT_NAMES: Mapping[Instrument, str] = {
    Instrument.ACT: N_("Law"),
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
