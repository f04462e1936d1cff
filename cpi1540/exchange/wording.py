"""How a file speaks: its language, and the functions that say sentences, sources and days in it."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cpi1540.foundation.messages import Sentence
from cpi1540.locales import BY_CODE, DEFAULT
from cpi1540.matrix.record import Source


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language. ``say`` takes sentences and texts marked with ``N_``, untranslated."""

    language: str
    say: Callable[[Sentence | str], str]
    say_source: Callable[[Source], str]
    day: Callable[[datetime.date], str]

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return BY_CODE[self.language].direction == "rtl"

    def of(self, texts: Mapping[str, str]) -> str:
        """The text of this language among texts by language; English, then any, where it has none."""
        return texts.get(self.language) or texts.get(DEFAULT) or next(iter(texts.values()), "")


def english(say_source: Callable[[Source], str] = lambda source: source.text) -> Wording:
    """English sentences as they stand in the code; days as ISO text."""
    return Wording(DEFAULT, str_of, say_source, datetime.date.isoformat)


def str_of(told: Sentence | str) -> str:
    """The English text of a sentence."""
    return str(told)
