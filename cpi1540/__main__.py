"""``python -m cpi1540`` is the command ``cpi1540``."""

from cpi1540.cli import main

main(prog_name="cpi1540")
