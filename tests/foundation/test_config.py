"""Settings: the key that is made once, whole; secure cookies; proxies in front."""

import os
import threading
from pathlib import Path

import pytest
from flask import Flask, request
from installed import close

from cpi1540.app import create_app
from cpi1540.config import Config, read_config, secret_key
from cpi1540.foundation.errors import Misconfigured


def config(folder: Path) -> Config:
    return read_config({"CPI1540_INSTANCE": str(folder)})


def test_the_key_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    made = secret_key(config(tmp_path / "new"))
    assert len(made) == 64
    assert secret_key(config(tmp_path / "new")) == made
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["secret-key"]
    assert (tmp_path / "new/secret-key").stat().st_mode & 0o777 == 0o600
    assert secret_key(read_config({"CPI1540_SECRET_KEY": "set"})) == "set"


def test_many_that_start_at_once_have_one_key(tmp_path: Path) -> None:
    gate, keys = threading.Barrier(16), []

    def start() -> None:
        gate.wait()
        keys.append(secret_key(config(tmp_path)))

    threads = [threading.Thread(target=start) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 16
    assert len(set(keys)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_an_empty_or_unreadable_key_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "secret-key").write_bytes(content)
    with pytest.raises(Misconfigured, match=r"secret-key must hold the key .* empty or cannot be read"):
        secret_key(config(tmp_path))
    assert (tmp_path / "secret-key").read_bytes() == content


def test_a_key_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").mkdir()
    with pytest.raises(Misconfigured, match="cannot be read"):
        secret_key(config(tmp_path))


def test_a_file_system_without_links_says_what_to_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_paths: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with pytest.raises(Misconfigured, match="Set CPI1540_SECRET_KEY"):
        secret_key(config(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_switches_and_numbers() -> None:
    plain = read_config({})
    assert (plain.secure_cookies, plain.proxies) == (False, 0)
    chosen = read_config({"CPI1540_SECURE_COOKIES": "1", "CPI1540_PROXIES": "2"})
    assert (chosen.secure_cookies, chosen.proxies) == (True, 2)
    for name, value in (("CPI1540_SECURE_COOKIES", "yes"), ("CPI1540_PROXIES", "-1"), ("CPI1540_PROXIES", "two")):
        with pytest.raises(Misconfigured, match=f"{name} must be .* not {value}"):
            read_config({name: value})


def app_behind(folder: Path, proxies: int, *, secure: bool = False) -> Flask:
    chosen = Config(folder, f"sqlite:///{folder / 'x.sqlite'}", "key", "", secure_cookies=secure, proxies=proxies)
    return create_app(chosen)


@pytest.mark.parametrize(("proxies", "seen"), [(0, "127.0.0.1"), (1, "10.0.0.2"), (2, "10.0.0.1")])
def test_so_many_proxies_are_believed(tmp_path: Path, proxies: int, seen: str) -> None:
    app = app_behind(tmp_path, proxies)
    found = []
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: found.append((request.remote_addr, request.scheme)))
    headers = {"X-Forwarded-For": "10.0.0.1, 10.0.0.2", "X-Forwarded-Proto": "https, https"}
    app.test_client().get("/static/tokens.css", headers=headers).close()
    assert found == [(seen, "https" if proxies else "http")]
    close(app)


@pytest.mark.parametrize("secure", [False, True])
def test_the_cookie_stays_on_tls(tmp_path: Path, secure: bool) -> None:
    app = app_behind(tmp_path, 0, secure=secure)
    assert app.config["SESSION_COOKIE_SECURE"] is secure
    close(app)
