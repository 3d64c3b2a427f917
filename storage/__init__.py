"""What Milepost keeps: tables, migrations, repositories, the unit of work and the outbox."""
