"""A number in an address that no column could hold has no page: on both databases, for everybody."""

import re

from flask import Flask
from strict_client import StrictClient

LONG = "9" * 25
RULE = re.compile(r"<(?:(\w+):)?(\w+)>")
# What the other parts of an address may be; any other one is "1".
PARTS = {"state": "XAA", "request_id": "XR-2026-001", "offer_id": "XO-1", "form": "json", "verb": "approach"}


def test_every_whole_number_of_an_address_has_its_longest(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("coordinator")
    tried = 0
    for rule in practice_app.url_map.iter_rules():
        if "<int:" not in rule.rule or "/practice/" not in rule.rule:
            continue
        tried += 1
        address = rule.rule.replace("<lang>", "en")
        address = RULE.sub(lambda part: LONG if part[1] == "int" else PARTS.get(part[2], "1"), address)
        if "GET" in (rule.methods or ()):
            client.get(address, 404)
        if "POST" in (rule.methods or ()):
            client.post(address, {}, 404)
    assert tried > 10


def test_other_digits_are_no_number_of_an_address(practice_app: Flask) -> None:
    client = StrictClient(practice_app)
    client.continue_as("coordinator")
    client.get("/en/practice/assistance/plan/kept/١", 404)
    client.get("/en/practice/assistance/report/2026")
