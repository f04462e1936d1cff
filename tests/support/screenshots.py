"""The pictures of the README: ``python tests/support/screenshots.py FOLDER``, from a database made for them."""

import sys
import tempfile
from pathlib import Path

from catalogues import ROOT, compile_all
from chromium import executable, served, started

sys.path.insert(0, str(ROOT))
PICTURES = {"states.png": "/en/states?group=african", "state.png": "/en/states/KEN"}


def main(folder: Path) -> None:
    from installed import close, make_app, set_up

    found = executable()
    if found is None:
        sys.exit("Chromium is not installed. On Debian and Ubuntu: apt install chromium")
    compile_all()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        app = make_app(Path(made), f"sqlite:///{made}/record.sqlite")
        set_up(app)
        with served(app) as address, started(found) as browser:
            page = browser.new_page(base_url=address, viewport={"width": 1280, "height": 860})
            for name, path in PICTURES.items():
                page.goto(path)
                page.screenshot(path=folder / name)
        close(app)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
