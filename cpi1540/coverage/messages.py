"""The sentences of coverage: what the parts of a figure are called."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

PART_KINDS: Mapping[str, str] = {
    "section": N_("By section"),
    "domain": N_("By weapon domain"),
    "aspect": N_("By aspect"),
    "row": N_("By row"),
}
EVERYONE = N_("All States of the record")
WHOLE = N_("The figure asked for")
