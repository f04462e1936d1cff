"""Providers whose mandate fits a need though none of their programmes is on record: whom one may ask."""

from collections.abc import Iterable
from dataclasses import dataclass

from cpi1540.assistance.matching.sides import natural
from cpi1540.assistance.requests.request import fields_of
from cpi1540.foundation.messages import Sentence, plural_sentence
from cpi1540.matrix.layout import Layout


@dataclass(frozen=True, slots=True)
class Mandated:
    """A provider without an offer. ``covers`` are keys of fields or rows; ``title`` names the source of its mandate,
    "" while that is provisional.
    """

    provider: str
    covers: tuple[str, ...]
    title: str = ""


def mandates_for(
    fields: Iterable[str], providers: Iterable[Mandated], layout: Layout
) -> tuple[tuple[str, Sentence], ...]:
    """(provider, why) of those whose mandate covers a field of the need, by identifier."""
    wanted = set(fields)
    found = []
    for one in sorted(providers, key=lambda each: natural(each.provider)):
        shared = len(wanted & set(fields_of(one.covers, layout)))
        if shared:
            found.append((one.provider, _because(shared, one.title)))
    return tuple(found)


def _because(shared: int, title: str) -> Sentence:
    if title:
        return plural_sentence(
            "The mandate fits, no offer is recorded: it covers %(n)s field of the need (source: %(title)s).",
            "The mandate fits, no offer is recorded: it covers %(n)s fields of the need (source: %(title)s).",
            shared,
            title=title,
        )
    return plural_sentence(
        "The mandate fits, no offer is recorded: it seems to cover %(n)s field of the need, but is provisional, for no "
        "source is entered.",
        "The mandate fits, no offer is recorded: it seems to cover %(n)s fields of the need, but is provisional, for "
        "no source is entered.",
        shared,
    )
