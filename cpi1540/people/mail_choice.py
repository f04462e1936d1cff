"""Where and in which language a person wishes to get mail."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MailChoice:
    """``address`` empty: no mail at all. ``digest``: one reminder a day, when something waits."""

    address: str
    language: str
    digest: bool
