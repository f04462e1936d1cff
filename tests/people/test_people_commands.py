"""``cpi1540 people``: what it prints, and its refusals."""

import json
import re
import shutil
from pathlib import Path

import pytest
from test_commands import Done, run


@pytest.fixture
def folder(sqlite_made: Path, tmp_path: Path) -> Path:
    shutil.copy(sqlite_made, tmp_path / "record.sqlite")
    return tmp_path


def people(folder: Path, *arguments: str, code: int = 0) -> Done:
    return run(folder, "people", *arguments, code=code)


def listed(folder: Path, sign_in: str) -> dict[str, object]:
    (found,) = [each for each in json.loads(people(folder, "list", "--json").stdout) if each["sign_in"] == sign_in]
    return found


def test_from_invitation_to_disabled(folder: Path) -> None:
    invite = ("invite", "Ada Obi", "--sign-in", "Ada", "--role", "desk-officer", "--scope", "weog")
    made = json.loads(people(folder, *invite, "--json").stdout)
    assert set(made) == {"actor", "link"}
    assert re.fullmatch(r"/en/invitation/[\w-]{43}", made["link"])
    assert listed(folder, "ada") == {
        "actor": made["actor"],
        "sign_in": "ada",
        "name": "Ada Obi",
        "roles": [{"role": "desk-officer", "scope": "weog"}],
        "status": "invited",
        "demo": False,
        "last_seen": None,
    }
    people(folder, "role", "ada", "add", "focal-point", "--scope", "ken")
    people(folder, "role", "ada", "add", "focal-point", "--scope", "KEN")
    people(folder, "role", "ada", "remove", "desk-officer", "--scope", "weog")
    assert listed(folder, "ada")["roles"] == [{"role": "focal-point", "scope": "KEN"}]
    people(folder, "disable", "ada")
    assert listed(folder, "ada")["status"] == "disabled"
    people(folder, "enable", "ada")
    assert listed(folder, "ada")["status"] == "invited"
    assert "ada  Ada Obi  invited  focal-point: KEN  -\n" in people(folder, "list").stdout
    assert json.loads(run(folder, "data", "check", "--json").stdout)["ok"] is True


def test_without_json_the_path_stands_alone(folder: Path) -> None:
    done = people(folder, "invite", "Ada", "--sign-in", "ada", "--role", "briefer", "--lang", "fr")
    assert re.fullmatch(r"/fr/invitation/[\w-]{43}\n", done.stdout)
    assert done.stderr


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["invite", "A", "--sign-in", "reviewer", "--role", "briefer"], 1, "There is an account reviewer already."),
        (["invite", "A", "--sign-in", "a b", "--role", "briefer"], 1, "no spaces"),
        (["invite", "A", "--sign-in", "a", "--role", "briefer", "--scope", "ZZZ"], 1, "There is no State"),
        (["invite", "A", "--sign-in", "a", "--role", "moon"], 2, "moon"),
        (["invite", "A", "--role", "briefer"], 2, "--sign-in"),
        (["role", "nobody", "add", "briefer"], 1, "There is no account nobody."),
        (["role", "reviewer", "remove", "briefer"], 1, "does not hold this role there"),
        (["role", "administrator", "remove", "administrator"], 1, "This is the last administrator."),
        (["disable", "administrator"], 1, "This is the last administrator."),
        (["disable", "nobody"], 1, "There is no account nobody."),
    ],
)
def test_refusals(folder: Path, arguments: list[str], code: int, said: str) -> None:
    done = people(folder, *arguments, code=code)
    assert said in done.stderr
    assert done.stdout == ""
