"""The form that takes a workbook."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired


class UploadForm(FlaskForm):  # type: ignore[misc]
    """One file."""

    file = FileField(_l("Workbook"), [FileRequired(_l("Choose the workbook that came back."))])
