"""Alembic migrations, run by `storage.migrating` and packaged with the program."""
