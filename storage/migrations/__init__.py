"""Alembic migrations, run by `storage.engine.migrating` and packaged with the program."""
