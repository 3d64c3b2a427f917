"""What every repository of a workspace begins with."""

from __future__ import annotations

from storage.engine.transaction import Transaction


class Repository:
    """Bound to a transaction and a workspace; it cannot ask about another."""

    def __init__(self, transaction: Transaction, workspace_id: str) -> None:
        """Bind to a transaction and a workspace."""
        self._transaction = transaction
        self._workspace_id = workspace_id
