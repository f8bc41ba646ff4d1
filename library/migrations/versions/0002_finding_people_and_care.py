"""finding people and care

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

import library.tables

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('measurement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', library.tables.Moment(), nullable=False),
    sa.Column('generation', sa.Text(), nullable=False),
    sa.Column('queries', sa.Integer(), nullable=False),
    sa.Column('ndcg', sa.Double(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_measurement'))
    )
    op.create_table('opening',
    sa.Column('document_id', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('document_id', 'day', name=op.f('pk_opening'))
    )
    op.create_table('pinned',
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('place', name=op.f('pk_pinned'))
    )
    op.create_table('search_part',
    sa.Column('part', sa.Text(), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('searches', sa.Integer(), nullable=False),
    sa.Column('empty', sa.Integer(), nullable=False),
    sa.Column('opened', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('part', 'value', 'query', 'day', name=op.f('pk_search_part'))
    )
    op.create_table('site_text',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('changed_at', library.tables.Moment(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_site_text'))
    )
    op.create_table('app',
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('seed', sa.Text(), nullable=False),
    sa.Column('last_step', sa.Integer(), nullable=False),
    sa.Column('added_at', library.tables.Moment(), nullable=False),
    sa.Column('used_at', library.tables.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_app_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('account_id', name=op.f('pk_app'))
    )
    op.create_table('code_try',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.Column('at', library.tables.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_code_try_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_code_try'))
    )
    with op.batch_alter_table('code_try', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_code_try_account_id'), ['account_id'], unique=False)

    op.create_table('goal_judgment',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('document_id', sa.Text(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('goal', sa.Integer(), nullable=False),
    sa.Column('given', sa.Boolean(), nullable=False),
    sa.Column('goals', sa.JSON(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('remark', sa.Text(), nullable=False),
    sa.Column('judged_at', library.tables.Moment(), nullable=False),
    sa.Column('undone_at', library.tables.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_goal_judgment_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_goal_judgment'))
    )
    with op.batch_alter_table('goal_judgment', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_goal_judgment_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_goal_judgment_document_id'), ['document_id'], unique=False)

    op.create_table('improvement',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('value', sa.JSON(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('added_at', library.tables.Moment(), nullable=False),
    sa.Column('is_live', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_improvement_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement'))
    )
    with op.batch_alter_table('improvement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_improvement_is_live'), ['is_live'], unique=False)

    op.create_table('judgment',
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('document_id', sa.Text(), nullable=False),
    sa.Column('grade', sa.Integer(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('judged_at', library.tables.Moment(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_judgment_account_id_account'), ondelete='SET NULL'),
    sa.PrimaryKeyConstraint('query', 'document_id', name=op.f('pk_judgment'))
    )
    op.create_table('recovery_code',
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_recovery_code_account_id_account'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('digest', name=op.f('pk_recovery_code'))
    )
    with op.batch_alter_table('recovery_code', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_recovery_code_account_id'), ['account_id'], unique=False)

    op.create_table('improvement_change',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('at', library.tables.Moment(), nullable=False),
    sa.Column('account_id', sa.Integer(), nullable=True),
    sa.Column('added_id', sa.Integer(), nullable=True),
    sa.Column('removed_id', sa.Integer(), nullable=True),
    sa.Column('undone_at', library.tables.Moment(), nullable=True),
    sa.ForeignKeyConstraint(['account_id'], ['account.id'], name=op.f('fk_improvement_change_account_id_account'), ondelete='SET NULL'),
    sa.ForeignKeyConstraint(['added_id'], ['improvement.id'], name=op.f('fk_improvement_change_added_id_improvement')),
    sa.ForeignKeyConstraint(['removed_id'], ['improvement.id'], name=op.f('fk_improvement_change_removed_id_improvement')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_improvement_change'))
    )
    with op.batch_alter_table('account', schema=None) as batch_op:
        batch_op.add_column(sa.Column('monthly_mail', sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column('monthly_until', sa.Date(), nullable=True))

    with op.batch_alter_table('job', schema=None) as batch_op:
        batch_op.add_column(sa.Column('seconds_left', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('pause_asked', sa.Boolean(), nullable=False, server_default=sa.false()))

    op.drop_index('uq_job_open_key', table_name='job')
    op.create_index(
        'uq_job_open_key', 'job', ['key'], unique=True,
        sqlite_where=sa.text("state IN ('queued', 'running', 'paused')"),
    )

    with op.batch_alter_table('source', schema=None) as batch_op:
        batch_op.add_column(sa.Column('permission', sa.Text(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('contact', sa.Text(), nullable=False, server_default=''))

    with op.batch_alter_table('submission', schema=None) as batch_op:
        batch_op.add_column(sa.Column('agreed_by', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_submission_agreed_by_account'), 'account', ['agreed_by'], ['id'], ondelete='SET NULL')

    with op.batch_alter_table('submission_note', schema=None) as batch_op:
        batch_op.add_column(sa.Column('removed_at', library.tables.Moment(), nullable=True))


def downgrade() -> None:
    raise NotImplementedError("Put the copy back that was made before the upgrade.")
