"""Password hashes: argon2id, a bounded number at once, never inside a transaction."""

import secrets
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# One hash takes 64 MiB and a quarter of a second: two at a time keep a small server alive under a storm.
_at_once = BoundedSemaphore(2)
_hasher = PasswordHasher()
# Verified when there is no such account, so that the time taken does not tell which names exist.
_decoy = _hasher.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """The hash to keep for ``password``."""
    with _at_once:
        return _hasher.hash(password)


def matches(stored: str | None, password: str) -> bool:
    """Whether ``password`` is the one ``stored`` was made from; takes as long when there is no account."""
    with _at_once:
        try:
            return _hasher.verify(stored or _decoy, password) and stored is not None
        except (VerificationError, InvalidHashError):
            return False


def random_password() -> str:
    """A password for a demo account: easy to read aloud, 60 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(3))
