"""Run by Alembic: connects it to the database that ``library.store.migrate`` names."""

from alembic import context

from library.store.database import Database
from library.tables import Base


def run() -> None:
    """Apply the migrations inside one immediate transaction."""
    database = Database(context.config.attributes["path"])
    with database.engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()
    database.close()


run()
