"""Words for accounts."""

from cpi1540.foundation.messages import N_
from cpi1540.people.account import Standing

STANDINGS = {
    Standing.INVITED: N_("invited"),
    Standing.ACTIVE: N_("active"),
    Standing.LOCKED: N_("waits ten minutes"),
    Standing.DISABLED: N_("disabled"),
}
