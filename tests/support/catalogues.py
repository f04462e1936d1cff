"""Extract the sentences of the interface, bring the six catalogues up to date, and compile them.

Without an argument the files are written; with ``compile`` they are only compiled.
"""

import os
import sys
import tempfile
from pathlib import Path

from babel.messages.frontend import CommandLineInterface
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "translations"
LOCALES = ("ar", "en", "es", "fr", "ru", "zh_Hans")
KEYWORDS = (
    *("-k", "N_", "-k", "sentence", "-k", "lazy_gettext", "-k", "_l"),
    *("-k", "plural_sentence:1,2"),
)


def run(*arguments: str) -> None:
    CommandLineInterface().run(["pybabel", "--quiet", *arguments])


def extract(target: Path) -> None:
    run(
        "extract",
        *("-F", "babel.cfg", "-o", str(target), "--add-location=file", "--sort-by-file", "--no-wrap"),
        *("--project=cpi1540", "--copyright-holder=the authors of cpi1540", "--msgid-bugs-address="),
        "--ignore-dirs=.*",  # the default also leaves out folders that begin with an underscore
        *KEYWORDS,
        ".",
    )
    lines = target.read_text("utf-8").splitlines(keepends=True)
    target.write_text("".join(line for line in lines if "POT-Creation-Date" not in line), "utf-8")


def update() -> None:
    template = FOLDER / "messages.pot"
    extract(template)
    for locale in LOCALES:
        catalogue = FOLDER / locale / "LC_MESSAGES" / "messages.po"
        if not catalogue.exists():
            run("init", "-i", str(template), "-d", str(FOLDER), "-l", locale, "--no-wrap")
        run(
            *("update", "-i", str(template), "-d", str(FOLDER), "-l", locale, "--no-wrap"),
            *("-N", "--ignore-obsolete", "--ignore-pot-creation-date"),
        )
    compile_all()


def compile_all() -> None:
    """Make the compiled catalogues that the application reads, where they are older than their sources."""
    for locale in LOCALES:
        source = FOLDER / locale / "LC_MESSAGES" / "messages.po"
        made = source.with_suffix(".mo")
        if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
            with source.open("rb") as file:
                catalogue = read_po(file, locale=locale)
            # Renamed when it is whole: whoever reads meanwhile reads the earlier one.
            with tempfile.NamedTemporaryFile(dir=made.parent, suffix=".new", delete=False) as file:
                write_mo(file, catalogue)
            Path(file.name).chmod(0o644)
            Path(file.name).replace(made)


if __name__ == "__main__":
    os.chdir(ROOT)
    if sys.argv[1:] == ["compile"]:
        compile_all()
    else:
        update()
