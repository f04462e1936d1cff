"""The order of the wings, what each floor may import, and how long a file may get."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "cpi1540"
# A wing stands on those before it and knows none after it.
WINGS = (
    "foundation",
    "states",
    "people",
    "matrix",
    "coverage",
    "exchange",
    "assistance",
    "engagement",
    "briefing",
    "desk",
)
GROUND = ("config", "locales", "paths")
WIRING = ("app", "cli", "__main__")
CEILING = 400
FILES = sorted(PACKAGE.rglob("*.py"))

WEB = {"flask", "flask_wtf", "wtforms", "flask_babel", "werkzeug", "click"}
STORE = {"sqlalchemy", "flask_sqlalchemy", "alembic"}
PURE_LIBRARIES = {"numpy", "scipy"}
STANDARD = set(__import__("sys").stdlib_module_names)
# Pure files of the foundation: what a rule may import from there.
PURE_FOUNDATION = {"messages", "errors", "problems", "partial_date", "search_text", "whole_number", "files", "factor"}
FLOORS = ("tables", "service", "views", "forms", "commands", "messages", "actions", "pages")
# A file whose name ends so carries a format, and may import the format's library.
FORMATS = ("_xlsx", "_docx", "_pptx", "_pdf", "_csv", "_json", "_ics")
# Files on the floor of services, though their names are nouns: they read or write the record.
SERVICES = {
    "states/commitment_records.py",
    "states/loading.py",
    "states/group_names.py",
    "desk/installation.py",
    "desk/navigation.py",
    "desk/practice/assistance_outcomes.py",
    "desk/practice/assistance_work.py",
    "desk/practice/commitments.py",
    "desk/practice/desk_work.py",
    "desk/practice/offer_work.py",
    "desk/practice/loading.py",
    "matrix/sources.py",
    "matrix/sealing.py",
    "people/passwords.py",
}


@cache
def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found |= {f"{node.module}.{name.name}" for name in node.names if (node.module or "").startswith("cpi1540")}
    return found


def wing(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def floor(path: Path) -> str:
    parts = path.relative_to(PACKAGE).parts
    if "service" in parts or path.relative_to(PACKAGE).as_posix() in SERVICES:
        return "service"
    if "views" in parts:
        return "views"
    return path.stem if path.stem in FLOORS else "rule"


def is_pure(path: Path) -> bool:
    return floor(path) in ("rule", "messages", "pages") and wing(path) in WINGS[1:]


NAMES = [path.relative_to(PACKAGE).as_posix() for path in FILES]


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_wings_know_only_those_below(path: Path) -> None:
    here = wing(path)
    if here in (*WIRING, "__init__"):
        return
    for name in imports(path):
        parts = name.split(".")
        if parts[0] != "cpi1540" or len(parts) < 2:
            continue
        assert parts[1] not in WIRING, f"{path} imports {name}"
        if here in GROUND:
            assert parts[1] in (*GROUND, "foundation"), f"{path} imports {name}"
        elif parts[1] in WINGS:
            assert WINGS.index(parts[1]) <= WINGS.index(here), f"{path} imports {name}"


@pytest.mark.parametrize("path", [path for path in FILES if is_pure(path)], ids=lambda path: path.stem)
def test_rules_are_true_with_paper_and_pencil(path: Path) -> None:
    for name in imports(path):
        top = name.split(".")[0]
        if top == "cpi1540":
            parts = name.split(".")
            if len(parts) > 2 and parts[1] == "foundation":
                assert parts[2] in PURE_FOUNDATION, f"{path} imports {name}"
            assert not {"tables", "service", "views", "commands"} & set(parts), f"{path} imports {name}"
        elif not path.stem.endswith(FORMATS) and "charts" not in path.parts:
            assert top in STANDARD | PURE_LIBRARIES, f"{path} imports {name}"
        assert top not in WEB | STORE, f"{path} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_views_and_commands_never_touch_tables(path: Path) -> None:
    if floor(path) in ("views", "forms", "commands", "pages"):
        names = imports(path)
        assert not any("tables" in name.split(".") for name in names), path
        assert not {name.split(".")[0] for name in names} & STORE, path


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_tables_belong_to_their_wing(path: Path) -> None:
    if floor(path) == "tables":
        for name in imports(path):
            parts = name.split(".")
            assert parts[0] != "cpi1540" or parts[1] in ("foundation", wing(path)), f"{path} imports {name}"


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_services_query_the_tables_of_their_own_wing(path: Path) -> None:
    """Those of the States beside them: every record belongs to one."""
    if floor(path) == "service":
        for name in imports(path):
            parts = name.split(".")
            if parts[0] == "cpi1540" and "tables" in parts[2:]:
                assert parts[1] in ("foundation", "states", wing(path)), f"{path} imports {name}"


@pytest.mark.parametrize("name", ["reading", "on_day", "surroundings", "ending", "match_keeping"])
def test_matching_stands_on_what_became_of_matches_and_not_the_other_way(name: str) -> None:
    """The matcher asks these what was promised and delivered; they ask it nothing, or the two rooms would be a ring."""
    path = PACKAGE / "assistance/outcomes/service" / f"{name}.py"
    assert not {each for each in imports(path) if each.startswith("cpi1540.assistance.matching.service")}


@pytest.mark.parametrize("path", FILES, ids=NAMES)
def test_services_speak_no_http(path: Path) -> None:
    if floor(path) in ("service", "tables") and wing(path) != "foundation":
        for name in imports(path):
            assert name not in ("flask.request", "flask.render_template", "flask.url_for"), f"{path} imports {name}"
            assert name.split(".")[-1] not in ("views", "commands", "forms"), f"{path} imports {name}"


def test_package_files_are_empty() -> None:
    assert [path for path in FILES if path.name == "__init__.py" and path.read_text("utf-8").strip()] == []


def test_no_file_is_longer_than_the_ceiling() -> None:
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for pattern in ("cpi1540/**/*.py", "cpi1540/static/*", "templates/**/*.html", "tests/**/*.py")
        for path in ROOT.glob(pattern)
        if (lines := len(path.read_text("utf-8").splitlines())) > CEILING
    }
    assert long == {}


def test_top_level_holds_nothing_unexpected() -> None:
    files = {"wsgi.py", "pyproject.toml", "constraints.txt", "Makefile", "babel.cfg", "hatch_build.py"}
    papers = {"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "LICENSE"}
    folders = {"docs", "cpi1540", "templates", "translations", "migrations", "seed", "tests"}
    visible = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))}
    assert visible - {"build", "dist", "cpi1540.egg-info"} == files | papers | folders
