"""The wheel, built from the source distribution as a packager would, works away from the checkout."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from cpi1540.locales import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    keep = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "CPI1540_DATABASE_URL")}
    done = subprocess.run(command, cwd=cwd, env={**keep, **environment}, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, (command, done.stdout[-2000:], done.stderr[-2000:])
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from nothing but the source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (archive,) = folder.glob("*.tar.gz")
    run("tar", "-xzf", archive, cwd=folder)
    source = folder / archive.name.removesuffix(".tar.gz")
    assert list(source.rglob("*.mo")) == []
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=source)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a fresh environment with the wheel; what the portal stands on is lent from this one."""
    folder = tmp_path_factory.mktemp("installed") / "environment"
    venv.create(folder, with_pip=True, symlinks=True)
    made = folder / "bin" / "python"
    run(made, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    lent = sysconfig.get_paths()["purelib"]
    where = run(made, "-c", "import sysconfig; print(sysconfig.get_paths()['purelib'])", cwd=folder).strip()
    # A path added so comes after the environment's own packages, and brings no link to the checkout along.
    Path(where, "lent.pth").write_text(lent + "\n", "utf-8")
    return made


def test_everything_the_portal_reads_is_in_the_wheel_once(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert len(names) == len(set(names))
    wanted = {f"cpi1540/translations/{language.locale}/LC_MESSAGES/messages.mo" for language in LANGUAGES}
    for folder, pattern in (("templates", "*.html"), ("migrations", "*.py"), ("seed", "*.*")):
        wanted |= {f"cpi1540/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / folder).rglob(pattern)}
    wanted |= {path.relative_to(ROOT).as_posix() for path in (ROOT / "cpi1540/static").iterdir()}
    assert wanted - set(names) == {name for name in wanted if "__pycache__" in name}
    assert [name for name in names if name.startswith("tests/")] == []


def test_it_works_away_from_the_checkout(python: Path, tmp_path: Path) -> None:
    program = python.parent / "cpi1540"
    environment = {"CPI1540_INSTANCE": str(tmp_path / "instance")}
    assert "coverage" in run(program, "--help", cwd=tmp_path)
    run(program, "init", cwd=tmp_path, **environment)
    assert len(json.loads(run(program, "states", "--all", "--json", cwd=tmp_path, **environment))) == 193
    page = (
        "import cpi1540.app, cpi1540.paths; print(cpi1540.paths.PACKAGE); "
        "print(cpi1540.app.create_app().test_client().get('/ar/states/FRA').status)"
    )
    where, status = run(python, "-c", page, cwd=tmp_path, **environment).splitlines()
    assert Path(where).is_relative_to(python.parents[1].resolve())
    assert status == "200 OK"
