"""The sentences of lenses: where a State stands towards an instrument."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_
from cpi1540.states.instruments import Standing

STANDING_NAMES: Mapping[Standing, str] = {
    Standing.PARTY: N_("party"),
    Standing.SIGNATORY: N_("signatory, not a party"),
    Standing.NEITHER: N_("not a party; the source does not tell signature"),
    Standing.MEMBER: N_("member"),
    Standing.UNKNOWN: N_("not recorded"),
}
