"""goals that were shown

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Of judgments that are there already nobody knows it.
    with op.batch_alter_table('goal_judgment', schema=None) as batch_op:
        batch_op.add_column(sa.Column('shown', sa.JSON(none_as_null=True), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Put the copy back that was made before the upgrade.")
