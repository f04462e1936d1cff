"""OP 1 derived from treaty and regime records, code by code.

A party is X. A State that is not a party in an old table is not reviewed, with a text that says so; from a
fresh table a signatory is ?, and one of which the source does not tell the signature is blank. A State that no
table names is not reviewed, except where a fresh table lists every State. Zones, regimes and memberships are X
where listed, else not reviewed, never blank.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence

from cpi1540.matrix.layout import field_key
from cpi1540.matrix.record import Basis, Code, Entry, Origin, Source, Statement, Version
from cpi1540.states.instruments import Action, ActionKind, Instrument, InstrumentKind, Standing, standing
from cpi1540.states.staleness import is_stale

_NOTED = {ActionKind.NOTICE_OF_WITHDRAWAL: "notice-of-withdrawal", ActionKind.SUSPENSION: "suspension"}


def age_counted_to(version: Version | None, today: datetime.date) -> datetime.date:
    """The day to which the age of a version's sources is counted: a reference version's own as-of, else today."""
    if version is not None and version.origin is Origin.REFERENCE and version.as_of is not None:
        return version.as_of
    return today


def fresh_lists(
    actions: Iterable[Action], instruments: Mapping[str, Instrument], as_of: datetime.date
) -> dict[str, Action]:
    """Instrument code -> newest record of its table, for the tables that list every State and are not stale on
    ``as_of``. A note beside a standing (a notice, a suspension) is no part of a table.
    """
    newest: dict[str, Action] = {}
    for action in actions:
        if instruments[action.instrument].lists_every_state and action.kind not in _NOTED:
            newest[action.instrument] = max(newest.get(action.instrument, action), action, key=_as_of)
    return {code: action for code, action in newest.items() if not is_stale(action.as_of, as_of)}


def op1_entries(
    actions: Iterable[Action],
    instruments: Mapping[str, Instrument],
    as_of: datetime.date,
    lists: Mapping[str, Action],
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
        entry = _treaty(records[0][1], as_of, lists.get(records[0][0].code)) if single else _any_of(records)
        if entry is not None:
            entries[field_key("op1", row)] = entry
    return entries


def _treaty(actions: Sequence[Action], as_of: datetime.date, listed: Action | None) -> Entry | None:
    where, act = standing(actions)
    if act is None:
        return None if listed is None else Entry(Code.BLANK, sources=(_unnamed(listed), *_notes(actions)))
    told = (_told(where, act), *_contrary(actions, act), *_notes(actions, act))
    if where is Standing.PARTY:
        return Entry(Code.FOUND, Basis.REFERENCE, told)
    # An old signature in a table that is fresh today is no old news: the newest record gives the age.
    newest = max((each for each in actions if each.kind not in _NOTED), key=_as_of)
    if is_stale(newest.as_of, as_of):
        return Entry(None, sources=(_not_a_party(newest),))
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


def _as_of(action: Action) -> datetime.date:
    return action.as_of


def _not_a_party(act: Action) -> Source:
    params = {"as_of": str(act.as_of), "source": act.source}
    return Source(statement=Statement("not-a-party-then", params), as_of=act.as_of)


def _unnamed(listed: Action) -> Source:
    params = {"as_of": str(listed.as_of), "source": listed.source}
    return Source(statement=Statement("not-listed", params), as_of=listed.as_of)


def _contrary(actions: Sequence[Action], resting_on: Action) -> tuple[Source, ...]:
    """The sources that list the State as no party, though another gives the act the standing rests on; those
    older than that act do not contradict it.
    """
    since = resting_on.date.first_day if resting_on.date else datetime.date.min
    return tuple(
        _not_a_party(each)
        for each in actions
        if each.kind is ActionKind.LISTED_NEITHER and each is not resting_on and each.as_of >= since
    )


def _told(where: Standing, act: Action, instrument: Instrument | None = None) -> Source:
    code = {
        Standing.PARTY: f"party-{act.kind.value}" if act.date else "party",
        Standing.SIGNATORY: "revoked" if act.kind is ActionKind.RATIFICATION_REVOKED else "signatory",
        Standing.NEITHER: "neither",
        Standing.MEMBER: "member",
    }[where]
    if code == "signatory" and not act.date:
        code = "listed-signatory"
    if act.kind is ActionKind.WITHDRAWAL:  # it was a party once: nothing is said of its signature
        code = "not-a-party-then"
    params = {"source": act.source, "as_of": str(act.as_of)}
    if act.date:
        params["date"] = str(act.date)
    if instrument:
        params["instrument"] = instrument.code
    return Source(statement=Statement(code, params), as_of=act.as_of)


def _notes(
    actions: Sequence[Action], resting_on: Action | None = None, instrument: Instrument | None = None
) -> tuple[Source, ...]:
    """The dated notes beside a standing: notices, suspensions, and what the source remarks."""
    found = []
    for act in actions:
        if act.kind in _NOTED:
            params = {"date": str(act.date), "source": act.source}
            if instrument:
                params["instrument"] = instrument.code
            code = _NOTED[act.kind] + ("-provisional" if act.confidence == "remembered" else "")
            found.append(Source(statement=Statement(code, params), as_of=act.as_of))
    if resting_on is not None and resting_on.note:
        found.append(Source(resting_on.note, "en", as_of=resting_on.as_of))
    return tuple(found)
