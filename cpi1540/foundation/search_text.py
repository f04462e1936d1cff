"""Text made comparable across scripts, for search: the same on both databases."""

import unicodedata

# Arabic letters that people write for one another: alef with hamza or madda, final yeh, teh marbuta, tatweel.
_ARABIC = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": None, "ء": None}
)


def normalise(text: str) -> str:
    """``text`` without case, marks, width or letter variants (NFKC first, then case folding, then marks)."""
    folded = unicodedata.normalize("NFKC", text.replace("\0", " ")).translate(_ARABIC).casefold()
    bare = "".join(c for c in unicodedata.normalize("NFD", folded) if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).translate(_ARABIC).split())


def printable(text: str) -> str:
    """``text`` without control characters and broken ones, so that it can be shown and stored anywhere."""
    return "".join(c for c in text if c.isprintable())
