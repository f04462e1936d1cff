"""What a rule raises when it refuses: a sentence for the reader, never a traceback."""

from cpi1540.foundation.messages import Sentence


class DomainError(Exception):
    """A use case was refused. ``sentence`` says why, in words that can be translated."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(str(sentence))
        self.sentence = sentence


class NotFound(DomainError):
    """What was asked for does not exist, or the asker may not know that it does."""


class NotAllowed(DomainError):
    """The actor may not do this; the sentence says who may."""


class Stale(DomainError):
    """Somebody else saved first."""


class Misconfigured(DomainError):
    """The installation cannot run as it is set up."""
