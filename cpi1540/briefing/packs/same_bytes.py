"""The same bytes for the same values: containers written again without a trace of when they were made.

Office files are zip containers, and the workbook inside a chart is one too. Both bear the moment at which they
were written; here every part bears the same day, and documents say the day they speak of.
"""

import datetime
import io
import re
import zipfile

_PART_DATE = (1980, 1, 1, 0, 0, 0)
_INSIDE = (".xlsx", ".docx", ".pptx")
_MOMENT = re.compile(rb"(<dcterms:(created|modified)\b[^>]*>)[^<]*(</dcterms:\2>)")


def settled(container: bytes, made_at: datetime.datetime) -> bytes:
    """The container with its parts in their order, each dated alike, its properties dated ``made_at``; the
    containers inside it settled in the same way.
    """
    moment = made_at.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(container)) as source, zipfile.ZipFile(again, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _MOMENT.sub(rb"\g<1>" + moment + rb"\g<3>", content)
            elif name.endswith(_INSIDE):
                content = settled(content, made_at)
            target.writestr(zipfile.ZipInfo(name, _PART_DATE), content, zipfile.ZIP_DEFLATED)
    return again.getvalue()
