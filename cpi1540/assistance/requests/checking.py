"""What must hold of a request before it is recorded: faults with the part of the form they stand at."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from cpi1540.assistance.requests.request import Consent, NeedValues, RequestValues
from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import Sentence, plural_sentence, sentence
from cpi1540.matrix.layout import Layout

BEGINNING = 2004  # the year of the resolution
LONGEST_TITLE = 300
LONGEST_TEXT = 20_000
MOST_NEEDS = 9999


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at one part: a field of ``RequestValues`` ("date"), or of a need ("needs.2.objective")."""

    part: str
    says: Sentence


class Faulty(DomainError):
    """Values that cannot be recorded; ``faults`` has each of them with its place."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].says)
        self.faults = tuple(faults)


def faults(values: RequestValues, today: datetime.date) -> list[Fault]:
    """What is wrong with the request's own values."""
    found = []
    requester = values.requester
    if bool(requester.states) == bool(requester.organization):
        found.append(Fault("requester", sentence("Name the State or States that ask, or one organization.")))
    if not values.title.strip():
        found.append(Fault("title", sentence("Give the request a title.")))
    found += [
        Fault(part, plural_sentence("At most %(n)s character.", "At most %(n)s characters.", most))
        for part, text, most in (("title", values.title, LONGEST_TITLE), ("text", values.text, LONGEST_TEXT))
        if len(text) > most
    ]
    if values.most_needs is not None and not 1 <= values.most_needs <= MOST_NEEDS:
        says = sentence("Write a whole number from 1 to %(most)s, or leave it empty.", most=str(MOST_NEEDS))
        found.append(Fault("most_needs", says))
    if values.date is None and values.formal:
        found.append(Fault("date", sentence("A formal request bears a date: enter that of its note verbale.")))
    if values.date is not None:
        if values.formal and values.date.precision != "day":
            found.append(Fault("date", sentence("Enter the day as well: the clock of a formal request starts there.")))
        if values.date.year < BEGINNING:
            found.append(Fault("date", sentence("The date lies before resolution 1540 (2004).")))
        elif values.date.first_day > today:
            found.append(Fault("date", sentence("The date lies in the future.")))
    if values.consent is Consent.NOT_ASKED and values.consent_on:
        found.append(Fault("consent_on", sentence("A date of consent needs an answer: yes or no.")))
    elif values.consent_on and values.consent_on > today:
        found.append(Fault("consent_on", sentence("The date lies in the future.")))
    elif values.consent_on and values.date and values.consent_on < values.date.first_day:
        says = sentence("The date lies before the request itself (%(day)s).", day=values.date.first_day)
        found.append(Fault("consent_on", says))
    return found


def need_faults(needs: Sequence[NeedValues], layout: Layout) -> list[Fault]:
    """What is wrong with the needs, counted from 1."""
    found = []
    for number, need in enumerate(needs, 1):
        unknown = [key for key in need.fields if key not in layout.positions]
        if unknown:
            says = sentence("The layout has no field %(field)s.", field=unknown[0])
            found.append(Fault(f"needs.{number}.fields", says))
        if not need.objective.strip() and not need.fields:
            says = sentence("Say what the need is for, or choose the fields it would close.")
            found.append(Fault(f"needs.{number}.objective", says))
        if len(need.objective) > LONGEST_TEXT:
            says = plural_sentence("At most %(n)s character.", "At most %(n)s characters.", LONGEST_TEXT)
            found.append(Fault(f"needs.{number}.objective", says))
    return found
