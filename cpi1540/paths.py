"""Where the files that are not Python stand: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = PACKAGE.parent


def _folder(name: str) -> Path:
    inside = PACKAGE / name
    return inside if inside.is_dir() else _CHECKOUT / name


TEMPLATES = _folder("templates")
TRANSLATIONS = _folder("translations")
MIGRATIONS = _folder("migrations")
SEED = _folder("seed")
STATIC = PACKAGE / "static"
