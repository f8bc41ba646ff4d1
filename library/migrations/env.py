"""Run by Alembic: connects it to the database that ``library.store.migrate`` names.

Foreign keys are off while tables are made anew, since dropping the old one would take what refers
to its rows along; they are checked at the end (sqlite.org/lang_altertable.html, 7).
"""

from alembic import context

from library.errors import StoreError
from library.store.database import Database
from library.tables import Base


def run() -> None:
    """Apply the migrations inside one immediate transaction."""
    database = Database(context.config.attributes["path"])
    with database.engine.connect() as connection:
        # Before the transaction begins: within one this says nothing.
        connection.connection.cursor().execute("PRAGMA foreign_keys = OFF")
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=True,
            transactional_ddl=True,
        )
        with context.begin_transaction():
            context.run_migrations()
            broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise StoreError(f"The update broke {len(broken)} references; nothing was changed.")
        connection.commit()
    database.close()


run()
