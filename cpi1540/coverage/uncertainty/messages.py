"""What the factors are called that the uncertainty of a figure is made of."""

from collections.abc import Mapping

from cpi1540.foundation.messages import N_

FACTOR_NAMES: Mapping[str, str] = {
    "op2": N_("Weight of OP 2"),
    "op3ab": N_("Weight of OP 3 (a) and (b)"),
    "op3cd": N_("Weight of OP 3 (c) and (d)"),
    "incomplete": N_("Reading of ?"),
    "unreviewed": N_("Reading of what is not reviewed"),
}
