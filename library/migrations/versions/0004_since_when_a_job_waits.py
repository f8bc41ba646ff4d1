"""since when a job waits

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

import library.tables

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('queued_at', library.tables.Moment(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Put the copy back that was made before the upgrade.")
