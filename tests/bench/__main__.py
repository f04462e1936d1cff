"""``make bench``: every measurement in one table; exit status 1 when a bar is not met."""

import logging
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parents[1] / "support")]

from catalogues import compile_all
from installed import close, make_app, set_up

from tests.bench import coverage_bench, page_bench
from tests.bench.measuring import table


def main() -> int:
    logging.disable(logging.WARNING)
    compile_all()
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder), f"sqlite:///{folder}/record.sqlite")
        set_up(app)
        rows = [row for module in (coverage_bench, page_bench) for row in module.measure(app)]
        close(app)
    sys.stdout.write(table(rows) + "\n")
    return 0 if all(row.passed for row in rows) else 1


sys.exit(main())
