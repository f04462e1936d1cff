"""Sentences as data: marked where they are born, put into the reader's language where they are shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field


def N_(text: str) -> str:
    """Mark ``text`` for translation and give it back unchanged."""
    return text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A translatable sentence: an English text with named placeholders ``%(name)s`` and their values.

    With ``plural`` the value ``params["n"]`` chooses the form. A value may itself be a Sentence.
    """

    text: str
    params: Mapping[str, object] = field(default_factory=dict)
    plural: str | None = None

    def __str__(self) -> str:
        """The English sentence, for logs and for tests."""
        chosen = self.plural if self.plural is not None and self.params.get("n") != 1 else self.text
        return chosen % self.params if self.params else chosen


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """Languages as a value of a Sentence: shown by the names that the reader's language has for them."""

    codes: tuple[str, ...]

    def __str__(self) -> str:
        return ", ".join(self.codes)


def sentence(text: str, **params: object) -> Sentence:
    """A Sentence of ``text``; the extractor reads this call, so ``text`` must be a literal."""
    return Sentence(text, params)


def plural_sentence(text: str, plural: str, n: int, **params: object) -> Sentence:
    """A Sentence with a singular and a plural text; ``n`` chooses and is itself a placeholder."""
    return Sentence(text, {"n": n, **params}, plural)
