"""Passwords: which ones are good enough, and their hashes, never made inside a transaction."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from cpi1540.foundation.errors import DomainError
from cpi1540.foundation.messages import plural_sentence, sentence

SHORTEST, LONGEST = 12, 500
# What is left of a password without the sign-in name, and how many different characters it has.
LEFT, DIFFERENT = 6, 5
# The commonest ones that are long enough, in small letters.
# fmt: off
COMMONEST = frozenset({
    "123456789012", "1234567890123", "12345678901234", "123456789123", "0123456789ab", "1234567890qwerty",
    "qwertyuiop123", "qwertyuiop12", "qwertyuiopasdf", "qwerty123456", "qwertyqwerty", "1q2w3e4r5t6y",
    "q1w2e3r4t5y6", "1qaz2wsx3edc", "zaq12wsxcde3", "abcdefghijkl", "abcdef123456", "abc123abc123", "password1234",
    "password12345", "password123456", "passwordpassword", "passw0rd1234", "p@ssw0rd1234", "administrator",
    "administrator1", "adminadminadmin", "letmeinletmein", "welcome12345", "changemechangeme", "changeme1234",
    "iloveyouiloveyou", "unitednations", "securitycouncil", "resolution1540",
})
# fmt: on

# One hash takes 64 MiB and a quarter of a second: two at a time keep a small server alive under a storm.
_at_once = BoundedSemaphore(2)
_hasher = PasswordHasher()
# Verified when there is no such account, so that the time taken does not tell which names exist.
_decoy = _hasher.hash(secrets.token_urlsafe())


def ensure_good(password: str, sign_in_name: str) -> None:
    """Raise DomainError, saying why, unless ``password`` may be the one of that account."""
    folded, name = password.casefold(), sign_in_name.casefold()
    if len(password) < SHORTEST:
        raise DomainError(
            plural_sentence(
                "A password has at least %(n)s character.", "A password has at least %(n)s characters.", SHORTEST
            )
        )
    if len(password) > LONGEST:
        raise DomainError(
            plural_sentence(
                "A password has at most %(n)s character.", "A password has at most %(n)s characters.", LONGEST
            )
        )
    if folded == name or (name and name in folded and len(folded.replace(name, "")) < LEFT):
        raise DomainError(sentence("The sign-in name is no password. Choose another."))
    if folded.strip() in COMMONEST or len(set(folded)) < DIFFERENT:
        raise DomainError(sentence("This password is among the first that are tried. Choose another."))


def hashed(password: str) -> str:
    """The hash to keep for ``password``."""
    with _at_once:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one ``stored`` was made from; takes as long when there is none."""
    with _at_once:
        try:
            return _hasher.verify(stored or _decoy, password) and bool(stored)
        except (VerificationError, InvalidHashError):
            return False


def random_password() -> str:
    """A password for a demo account: easy to read aloud, 60 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
