"""OP 1 derived from treaty and regime records, code by code.

A party is X. A State that is not a party in an old table is not reviewed, with a text that says so; from a
fresh table a signatory is ?, and one of which the source does not tell the signature is blank. A State that no
table names is not reviewed, except where a fresh table lists every State. Zones, regimes and memberships are X
where listed, else not reviewed, never blank.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from cpi1540.matrix.layout import field_key
from cpi1540.matrix.record import Basis, Code, Entry, Source, Statement
from cpi1540.states.instruments import Action, ActionKind, Instrument, InstrumentKind, Standing, standing

STALE_MONTHS = 24
_NOTED = {ActionKind.NOTICE_OF_WITHDRAWAL: "notice-of-withdrawal", ActionKind.SUSPENSION: "suspension"}


def is_stale(as_of: datetime.date, on: datetime.date, months: int = STALE_MONTHS) -> bool:
    """Whether something of ``as_of`` is more than ``months`` old on ``on``."""
    age = (on.year - as_of.year) * 12 + on.month - as_of.month
    return age > months or (age == months and on.day > as_of.day)


def fresh_lists(
    actions: Iterable[Action], instruments: Mapping[str, Instrument], as_of: datetime.date
) -> dict[str, datetime.date]:
    """Instrument code -> date of its table, for the tables that list every State and are not stale on ``as_of``."""
    dates: dict[str, datetime.date] = {}
    for action in actions:
        if instruments[action.instrument].lists_every_state:
            dates[action.instrument] = max(action.as_of, dates.get(action.instrument, action.as_of))
    return {code: date for code, date in dates.items() if not is_stale(date, as_of)}


def op1_entries(
    actions: Iterable[Action],
    instruments: Mapping[str, Instrument],
    as_of: datetime.date,
    lists: Mapping[str, datetime.date],
) -> dict[str, Entry]:
    """Field key -> entry, for each row of OP 1 that the records of one State say something about.

    ``as_of`` is the newest date of all the data; the age of a record is counted from its own date to that.
    ``lists`` are the ``fresh_lists`` of all the data.
    """
    by_instrument: dict[str, list[Action]] = {}
    for action in actions:
        by_instrument.setdefault(action.instrument, []).append(action)
    rows: dict[str, list[tuple[Instrument, Sequence[Action]]]] = {}
    for code, instrument in instruments.items():
        rows.setdefault(instrument.row, []).append((instrument, by_instrument.get(code, [])))
    entries = {}
    for row, records in rows.items():
        single = len(records) == 1 and records[0][0].kind is InstrumentKind.TREATY
        if not single:
            entry = _any_of(records)
        elif not records[0][1] and records[0][0].code in lists:
            listed_on = lists[records[0][0].code]
            unnamed = Statement("not-listed", {"as_of": str(listed_on)})
            entry = Entry(Code.BLANK, sources=(Source(statement=unnamed, as_of=listed_on),))
        else:
            entry = _treaty(records[0][1], as_of)
        if entry is not None:
            entries[field_key("op1", row)] = entry
    return entries


def _treaty(actions: Sequence[Action], as_of: datetime.date) -> Entry | None:
    where, act = standing(actions)
    if act is None:
        return None
    told = (_told(where, act), *_notes(actions, act))
    if where is Standing.PARTY:
        return Entry(Code.FOUND, Basis.REFERENCE, told)
    if is_stale(act.as_of, as_of):
        old = Statement("not-a-party-then", {"as_of": str(act.as_of), "source": act.source})
        return Entry(None, sources=(Source(statement=old, as_of=act.as_of),))
    if where is Standing.SIGNATORY:
        return Entry(Code.INCOMPLETE, sources=told)
    return Entry(Code.BLANK, sources=told)


def _any_of(records: Iterable[tuple[Instrument, Sequence[Action]]]) -> Entry | None:
    """X where the State is a party or member of one of them at least, each listed; else not reviewed."""
    sources: list[Source] = []
    for instrument, actions in records:
        where, act = standing(actions)
        if act is None or where not in (Standing.PARTY, Standing.MEMBER):
            continue
        if where is Standing.MEMBER:
            listings = [each for each in actions if each.kind is ActionKind.LISTED_MEMBER]
            sources += [_told(where, each, instrument) for each in listings]
        else:
            sources.append(_told(where, act, instrument))
        sources += _notes(actions, act, instrument)
    return Entry(Code.FOUND, Basis.REFERENCE, tuple(sources)) if sources else None


def _told(where: Standing, act: Action, instrument: Instrument | None = None) -> Source:
    code = {
        Standing.PARTY: f"party-{act.kind.value}" if act.date else "party",
        Standing.SIGNATORY: "revoked" if act.kind is ActionKind.RATIFICATION_REVOKED else "signatory",
        Standing.NEITHER: "neither",
        Standing.MEMBER: "member",
    }[where]
    if code == "signatory" and not act.date:
        code = "listed-signatory"
    params = {"source": act.source, "as_of": str(act.as_of)}
    if act.date:
        params["date"] = str(act.date)
    if instrument:
        params["instrument"] = instrument.code
    return Source(statement=Statement(code, params), as_of=act.as_of)


def _notes(actions: Sequence[Action], resting_on: Action, instrument: Instrument | None = None) -> tuple[Source, ...]:
    """The dated notes beside a standing: notices, suspensions, and what the source remarks."""
    found = []
    for act in actions:
        if act.kind in _NOTED:
            params = {"date": str(act.date), "source": act.source}
            if instrument:
                params["instrument"] = instrument.code
            code = _NOTED[act.kind] + ("-provisional" if act.confidence == "remembered" else "")
            found.append(Source(statement=Statement(code, params), as_of=act.as_of))
    if resting_on.note:
        found.append(Source(resting_on.note, "en", as_of=resting_on.as_of))
    return tuple(found)
