"""The core's migrations: one Alembic environment for the core and for every plugin with tables."""
