"""Alembic migrations; they only append."""
