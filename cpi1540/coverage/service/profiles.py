"""Profiles of weights: found by name, listed, and changed by making the next version."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, insert, select

from cpi1540.coverage.actions import EDIT_PROFILES
from cpi1540.coverage.profile import EQUAL, Profile
from cpi1540.coverage.profile_json import profile_content, profile_of
from cpi1540.coverage.tables import ProfileRow
from cpi1540.foundation import audit
from cpi1540.foundation.access import Actor, ensure
from cpi1540.foundation.database import db, now
from cpi1540.foundation.errors import DomainError, NotFound, Stale
from cpi1540.foundation.messages import sentence
from cpi1540.foundation.search_text import printable
from cpi1540.foundation.whole_number import whole_number


@dataclass(frozen=True, slots=True)
class KeptProfile:
    """One version of a profile, with why it was made, by whom and when; the equal one came with the software."""

    profile: Profile
    reason: str = ""
    language: str | None = None
    by: str | None = None
    at: datetime.datetime | None = None


def named(name: str) -> Profile:
    """The profile "NAME/VERSION", or the newest version of NAME; NotFound names those there are."""
    if name in (EQUAL.name, EQUAL.label):
        return EQUAL
    wanted, _, number = name.partition("/")
    version = whole_number(number) if number else None
    if not number or version is not None:
        query = select(ProfileRow.name, ProfileRow.version, ProfileRow.content).where(ProfileRow.name == wanted)
        if version is not None:
            query = query.where(ProfileRow.version == version)
        for row in db.session.execute(query.order_by(ProfileRow.version.desc()).limit(1)):
            return profile_of(*row)
    known = ", ".join([EQUAL.name, *_names()])
    raise NotFound(
        sentence("There is no profile %(profile)s. There is: %(profiles)s.", profile=printable(name), profiles=known)
    )


def newest() -> list[KeptProfile]:
    """The newest version of every profile, by name; equal weights first."""
    last = select(ProfileRow.name, func.max(ProfileRow.version).label("version")).group_by(ProfileRow.name).subquery()
    query = (
        select(ProfileRow)
        .join(last, (last.c.name == ProfileRow.name) & (last.c.version == ProfileRow.version))
        .order_by(ProfileRow.name)
    )
    return [KeptProfile(EQUAL), *(_kept(row) for row in db.session.scalars(query))]


def versions_of(name: str) -> list[KeptProfile]:
    """Every version of one profile, the newest first; NotFound when there is none of that name."""
    if name == EQUAL.name:
        return [KeptProfile(EQUAL)]
    query = select(ProfileRow).where(ProfileRow.name == name).order_by(ProfileRow.version.desc())
    found = [_kept(row) for row in db.session.scalars(query)]
    if not found:
        named(name)  # says which there are
    return found


def keep(profile: Profile, *, after: int, reason: str, language: str, by: Actor) -> Profile:
    """Keep ``profile`` as the version that follows ``after`` (0: a new name).

    Stale when another version was made since; DomainError for the name of the equal weights. History
    is not rewritten: figures name the profile and version they were made with, and both can be asked for.
    """
    ensure(by, EDIT_PROFILES)
    if profile.name == EQUAL.name:
        raise DomainError(sentence("The equal weights stay as they are. Choose another name."))
    last = db.session.scalar(select(func.max(ProfileRow.version)).where(ProfileRow.name == profile.name)) or 0
    if last != after:
        raise Stale(
            sentence(
                "Version %(version)s of the profile %(profile)s exists already. Look at it, and change that one.",
                version=str(last),
                profile=profile.name,
            )
            if last
            else sentence("There is no profile %(profile)s any more.", profile=profile.name)
        )
    content = profile_content(profile)
    db.session.execute(
        insert(ProfileRow).values(
            name=profile.name,
            version=after + 1,
            content=content,
            reason=reason,
            language=language,
            by=by.id,
            at=now(),
        )
    )
    change = {"profile": profile.name, "version": after + 1, "reason": audit.digest(reason), **content}
    audit.record(by.id, "profile.keep", [f"profile:{profile.name}"], [change])
    return profile_of(profile.name, after + 1, content)


def _names() -> Sequence[str]:
    return db.session.scalars(select(ProfileRow.name).distinct().order_by(ProfileRow.name)).all()


def _kept(row: ProfileRow) -> KeptProfile:
    return KeptProfile(profile_of(row.name, row.version, row.content), row.reason, row.language, row.by, row.at)
