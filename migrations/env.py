"""How Alembic runs our migrations: on the connection it is given, in one transaction."""

from alembic import context

import cpi1540.assistance.letters.tables
import cpi1540.assistance.matching.tables
import cpi1540.assistance.offers.tables
import cpi1540.assistance.outcomes.tables
import cpi1540.assistance.planning.tables
import cpi1540.assistance.procedure.tables
import cpi1540.assistance.requests.tables
import cpi1540.briefing.packs.tables
import cpi1540.briefing.tables
import cpi1540.exchange.tables
import cpi1540.foundation.jobs.tables
import cpi1540.foundation.tables
import cpi1540.matrix.tables
import cpi1540.people.tables
import cpi1540.states.tables  # noqa: F401
from cpi1540.foundation.database import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=True,  # SQLite's too: the driver is told not to commit by itself
)
with context.begin_transaction():
    context.run_migrations()
