"""Which messages a change makes out of date, noted in the outbox in the transaction of the change."""
