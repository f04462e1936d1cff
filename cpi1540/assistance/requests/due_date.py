"""A day by which something about a request is to be done."""

import datetime
from dataclasses import dataclass

from cpi1540.assistance.requests.request import Requester
from cpi1540.foundation.messages import Sentence


@dataclass(frozen=True, slots=True)
class DueDate:
    """What is due about which request, and when. ``mark`` names it among those of its request, whatever the day.

    ``known_since`` is when the request last moved.
    """

    request: str
    mark: str
    what: Sentence
    on: datetime.date
    requester: Requester
    title: str
    known_since: datetime.datetime
