"""The sentences of matching: what the factors and filters are called, and how each factor is counted."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

FACTOR_NAMES: Mapping[str, str] = {
    "theme": N_("Theme"),
    "kind": N_("Kind of assistance"),
    "language": N_("Working language"),
    "past-work": N_("Region and past work"),
    "timing": N_("Timing"),
    "capacity": N_("Capacity left"),
    "completeness": N_("Completeness"),
    "track-record": N_("Track record"),
    "gap-weight": N_("Weight of the gaps"),
}
FACTOR_MEANINGS: Mapping[str, str] = {
    "theme": N_(
        "How much of the need the offer covers: fields in common count most, then rows, sections and weapon domains; "
        "what few offers cover counts more, and so does an offer made for these fields alone. 0.5 for a general offer."
    ),
    "kind": N_(
        "1 where the offer is for this kind of assistance alone, towards 0.5 the more kinds it is for; 0.5 where the "
        "kind asked for is not recorded."
    ),
    "language": N_("1 where both work in one language of the six, else 0; 0.5 where one side has not said."),
    "past-work": N_(
        "1 where the provider has delivered in the State before; 0.75 where it has in the regional group, or the offer "
        "names the State or its group; else 0.25; 0.5 where an organization asks."
    ),
    "timing": N_(
        "1 for an offer that can begin at once, falling to 0 after 180 days for a need of high priority, 365 for one "
        "of medium or no priority, 730 for one of low priority."
    ),
    "capacity": N_("Places left, five or more are 1; 0.5 where the provider has not stated its capacity."),
    "completeness": N_(
        "The share of eight details that the offer has: languages, places, person-days or budget, validity, lead time, "
        "contact, source, and a confirmation within twelve months."
    ),
    "track-record": N_(
        "(delivered + 1) / (delivered + fallen through + 2) over the earlier matches of the provider: 0.5 without any."
    ),
    "gap-weight": N_(
        "The mean priority of the State’s gaps that both share; 0.5 where the record does not say how pressing they "
        "are."
    ),
}
