"""A PostgreSQL server of the tests' own: a fresh cluster in a temporary folder, on a free loopback port.

The cluster lies in memory where the machine has room there: a database is copied for each test, and on a disk that
takes four times as long.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

ROOM = 2_000_000_000  # bytes; a cluster with its databases takes a quarter of it


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl: on the path, or where Debian keeps them; None when not installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: path.parts[4])
    return versions[-1].parent if versions else None


def _in_memory() -> Path | None:
    """A folder in memory with room for a cluster; None where there is none, or too little (64 MB in a container)."""
    shared = Path("/dev/shm")
    roomy = shared.is_dir() and os.access(shared, os.W_OK) and shutil.disk_usage(shared).free > ROOM
    return shared if roomy else None


class PrivatePostgres:
    """Starts on entering, stops and is removed on leaving. ``url(name)`` is the address of a database."""

    def __init__(self) -> None:
        found = binaries()
        if found is None:
            raise FileNotFoundError("initdb")
        self.binaries = found
        self.folder = Path(tempfile.mkdtemp(prefix="cpi1540-postgresql-", dir=_in_memory()))
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def __enter__(self) -> "PrivatePostgres":
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres")
        data = str(self.folder / "data")
        self._run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        options = f"-h 127.0.0.1 -p {self.port} -k {self.folder} -c fsync=off -c full_page_writes=off"
        self._run("pg_ctl", "-D", data, "-w", "-l", str(self.folder / "log"), "-o", options, "start")
        return self

    def __exit__(self, *_exception: object) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{name}"

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), *arguments]
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/")
