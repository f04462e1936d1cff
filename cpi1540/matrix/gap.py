"""What a gap is: an applicable counted field outside OP 1, reviewed and not X."""

from cpi1540.matrix.layout import Field, Role
from cpi1540.matrix.record import Code

# A voluntary plan is counted, but its absence is no gap.
NEVER_A_GAP = frozenset({"op678.action-plan"})


def can_be_a_gap(field: Field) -> bool:
    """Whether the field is one of those among which gaps and work to do are found: counted, outside OP 1."""
    return field.role is Role.COUNTED and field.section != "op1"


def is_gap(field: Field, code: Code | None) -> bool:
    """Whether ``code`` in that field is a gap (DOMAIN 2.3): a field not reviewed is work to do, not a gap."""
    return can_be_a_gap(field) and code in (Code.INCOMPLETE, Code.BLANK) and field.key not in NEVER_A_GAP
