"""The connection to SQLite or PostgreSQL: addresses, transactions, migrations and faults of the drivers."""
