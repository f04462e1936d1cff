"""tmp"""
from flask import Blueprint
from cpi1540.foundation.access import requires
from cpi1540.foundation.addresses import RecordBlueprint
from cpi1540.matrix.actions import TAKE_PART
from cpi1540.matrix.views.asked import state_code
bp: Blueprint = RecordBlueprint("sheets", __name__)

@bp.get("/states/<state>/round/sheet.<format>")
@requires(TAKE_PART, subject=state_code)
def download(state: str, format: str): return "x"

@bp.post("/states/<state>/round/sheet")
@requires(TAKE_PART, subject=state_code)
def take_in(state: str): return "x"

@bp.get("/states/<state>/differences.<format>")
@requires(TAKE_PART, subject=state_code)
def differences(state: str, format: str): return "x"
