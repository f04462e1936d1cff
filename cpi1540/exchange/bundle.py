"""Many files as one zip, the same files giving the same bytes."""

import io
import zipfile
from collections.abc import Iterable


def zip_of(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of (name, content) in the order given; ValueError for a name that stands there twice.

    Workbooks are compressed already, so nothing is compressed again.
    """
    target = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as container:
        for name, content in files:
            if name in seen:
                raise ValueError(f"two files are named {name}")
            seen.add(name)
            container.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()
