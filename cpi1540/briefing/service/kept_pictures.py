"""Pictures that were drawn, kept in the instance folder, so that none is drawn twice.

Two steps, each a small file: what was asked leads to the key of a picture, by a name that changes with every
change of the record; the key of a picture follows from all that it shows, so that it outlives changes elsewhere.
Nothing here asks who may see a picture: that comes first.
"""

import datetime
import hashlib
import itertools
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

from flask import current_app

from cpi1540 import paths
from cpi1540.briefing.recipe import figures_hash
from cpi1540.briefing.service.making import Made
from cpi1540.briefing.service.pictures import read_aloud
from cpi1540.foundation import audit
from cpi1540.foundation.files.atomic import write_whole
from cpi1540.foundation.languages import current_language
from cpi1540.foundation.templating import today

MOST_BYTES, MOST_FILES = 200 * 2**20, 5000
# A process looks through the kept files at its first picture, and then at every so many.
LOOKS_AT_EVERY = 50
_keeps = itertools.count()
_ASKED, _A_DAY = "asked", 86_400.0
_DRAWING = Path(__file__).resolve().parents[1]


def asked_key(*asked: object) -> str:
    """The name of a question, good as long as nothing in the record changes, and for today."""
    parts = [*map(str, asked), current_language().code, _settings(), audit.head(), str(today())]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def picture_key(made: Made) -> str:
    """The name of a picture: it changes with everything that the picture shows."""
    title, description = read_aloud(made.chart)
    return figures_hash([made.recipe.id, title, description, made.chart.ground.scope, _settings()])[:40]


def key_of(asked: str) -> str | None:
    """The key of the picture that a question led to before; None when it was not asked since the last change."""
    try:
        return (_folder() / _ASKED / asked).read_text("ascii")
    except OSError:
        return None


def picture(key: str, name: str) -> bytes | None:
    """The file of that name ("chart.svg") of a picture; None when it was not drawn or has been cleared away."""
    try:
        return (_folder() / f"{key}-{name}").read_bytes()
    except OSError:
        return None


def keep(asked: str, key: str, name: str, content: bytes) -> None:
    """Keep a file of a picture, and that the question leads to it; now and then those too old or too many go."""
    write_whole(_folder() / f"{key}-{name}", content)
    write_whole(_folder() / _ASKED / asked, key.encode("ascii"))
    if next(_keeps) % LOOKS_AT_EVERY == 0:
        clear()


def clear() -> None:
    """Questions go after a day, since their names are of one day. When there are more files than ``MOST_FILES``, or
    they take more than ``MOST_BYTES``, the oldest go until half of both is free.
    """
    files = []
    for at, size, path in sorted(_files()):
        if path.parent.name == _ASKED and at < time.time() - _A_DAY:
            path.unlink(missing_ok=True)
        else:
            files.append((at, size, path))
    number, taken = len(files), sum(size for _at, size, _path in files)
    if number <= MOST_FILES and taken <= MOST_BYTES:
        return
    for _at, size, path in files:
        path.unlink(missing_ok=True)
        number, taken = number - 1, taken - size
        if number <= MOST_FILES / 2 and taken <= MOST_BYTES / 2:
            return


def _files() -> Iterator[tuple[float, int, Path]]:
    """Every kept file with its age and size; one that another process clears away meanwhile is left out."""
    for path in _folder().rglob("*"):
        with suppress(FileNotFoundError):
            if path.is_file():
                found = path.stat()
                yield found.st_mtime, found.st_size, path


def _folder() -> Path:
    return Path(current_app.config["CPI1540"].instance) / "pictures"


def _settings() -> str:
    """What a picture depends on beside the record: the software, its sentences, the office's name."""
    return f"{_software(current_language().locale)} {current_app.config['CPI1540'].office}"


@cache
def _software(locale: str) -> str:
    """The versions, and the newest change of what draws and of the catalogue: a checkout changes without a version."""
    catalogue = paths.TRANSLATIONS / locale / "LC_MESSAGES" / "messages.mo"
    sources = [path for path in (*_DRAWING.rglob("*.py"), catalogue) if path.is_file()]
    newest = datetime.datetime.fromtimestamp(max(path.stat().st_mtime for path in sources), datetime.UTC)
    return f"{version('cpi1540')} {version('matplotlib')} {newest.isoformat()}"
