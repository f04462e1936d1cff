"""Who is who, for other wings: names of actors, and who holds a role for a State."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from cpi1540.foundation.access import Actor, Grant, Role
from cpi1540.foundation.database import db
from cpi1540.people.tables import GrantRow, PersonRow
from cpi1540.states import service as states
from cpi1540.states.groups import GROUPS

EVERYWHERE = "all"


@dataclass(frozen=True, slots=True)
class Person:
    """A person as other wings name them: the opaque actor id, and the name."""

    actor: str
    name: str


def names_of(actors: Collection[str]) -> dict[str, str]:
    """Actor id -> the person's name, for those that are persons; one query."""
    query = select(PersonRow.actor, PersonRow.name).where(PersonRow.actor.in_(list(actors)))
    return dict(db.session.execute(query).all())


def acting(actor: str) -> Actor | None:
    """The enabled person of that actor id, with the roles held now; None when there is none.

    For work that is done when the person is not there.
    """
    rows = db.session.execute(
        select(PersonRow, GrantRow.role, GrantRow.scope)
        .outerjoin(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(PersonRow.actor == actor, PersonRow.disabled_at.is_(None))
    ).all()
    if not rows:
        return None
    person = rows[0].PersonRow
    grants = frozenset(Grant(Role(each.role), states_of(each.scope)) for each in rows if each.role)
    return Actor(person.actor, person.name, grants, person.demo)


def actors_named(sign_in_names: Collection[str]) -> set[str]:
    """The actor ids of the enabled persons with these sign-in names; unknown names are passed over."""
    query = select(PersonRow.actor).where(
        PersonRow.sign_in_name.in_(list(sign_in_names)), PersonRow.disabled_at.is_(None)
    )
    return set(db.session.scalars(query))


def people_for(role: Role, state: str) -> list[Person]:
    """The enabled persons who hold ``role`` for that State, by name."""
    query = (
        select(PersonRow.actor, PersonRow.name, GrantRow.scope)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(GrantRow.role == role, PersonRow.disabled_at.is_(None))
        .order_by(PersonRow.name, PersonRow.actor)
    )
    found: dict[str, Person] = {}
    for actor, name, scope in db.session.execute(query):
        covered = states_of(scope)
        if covered is None or state in covered:
            found[actor] = Person(actor, name)
    return list(found.values())


def holders_of(role: Role) -> list[Person]:
    """The enabled persons who hold ``role``, wherever, by name."""
    query = (
        select(PersonRow.actor, PersonRow.name)
        .join(GrantRow, GrantRow.person_id == PersonRow.id)
        .where(GrantRow.role == role, PersonRow.disabled_at.is_(None))
        .order_by(PersonRow.name, PersonRow.actor)
    )
    return list(dict.fromkeys(Person(actor, name) for actor, name in db.session.execute(query)))


def states_of(scope: str) -> frozenset[str] | None:
    """The codes of the States a scope means: None for "all", the members of a group in both records, or one State."""
    if scope == EVERYWHERE:
        return None
    if scope not in GROUPS:
        return frozenset({scope})
    members = [*states.states(practice=False, group=scope), *states.states(practice=True, group=scope)]
    return frozenset(state.code for state in members)


def sign_in_form(name: str) -> str:
    """A sign-in name as it is kept and looked for: without control characters, in small letters."""
    return "".join(c for c in name if c.isprintable()).strip().casefold()
