"""One use case's transaction, with the repositories of one workspace."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from storage.assessments.assessments import AssessmentRepository
from storage.assessments.deletions import DeletionRepository
from storage.assessments.frameworks import FrameworkCache, FrameworkRepository
from storage.assessments.nudges import NudgeRepository
from storage.assessments.participants import ParticipantRepository
from storage.engine.transaction import Transaction
from storage.messages.messages import MessageRepository
from storage.messages.seen import SeenRepository
from storage.plans.plans import PlanRepository
from storage.plans.reminders import ReminderRepository
from storage.proposals.own_library import OwnLibraryRepository
from storage.proposals.proposals import ProposalRepository
from storage.upkeep.records import RecordRepository
from storage.workspaces.digests import DigestRepository
from storage.workspaces.installations import InstallationRepository
from storage.workspaces.settings import SettingRepository


class UnitOfWork:
    """An asynchronous context manager: what was not committed when it ends is undone.

    Used once, by one task, and never kept open across a call to Slack.
    """

    def __init__(self, transaction: Transaction, workspace_id: str, cache: FrameworkCache) -> None:
        """Bind everything to one workspace; `Database` calls this."""
        if not workspace_id:
            raise ValueError("A unit of work belongs to a workspace.")
        self._transaction = transaction
        self.workspace_id = workspace_id
        self.frameworks = FrameworkRepository(transaction, workspace_id, cache)
        self.assessments = AssessmentRepository(transaction, workspace_id, self.frameworks)
        self.participants = ParticipantRepository(transaction, workspace_id)
        self.plans = PlanRepository(transaction, workspace_id)
        self.proposals = ProposalRepository(transaction, workspace_id)
        self.own_library = OwnLibraryRepository(transaction, workspace_id)
        self.deletions = DeletionRepository(transaction, workspace_id)
        self.reminders = ReminderRepository(transaction, workspace_id)
        self.digests = DigestRepository(transaction, workspace_id)
        self.messages = MessageRepository(transaction, workspace_id)
        self.nudges = NudgeRepository(transaction, workspace_id)
        self.deliveries_seen = SeenRepository(transaction, workspace_id)
        self.records = RecordRepository(transaction, workspace_id)
        self.settings = SettingRepository(transaction, workspace_id)
        self.installation = InstallationRepository(transaction, workspace_id)

    async def __aenter__(self) -> Self:
        """Begin.

        Raises:
            StorageUnavailable: The database did not answer in time.
        """
        await self._transaction.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Undo what was not committed."""
        await self._transaction.__aexit__(kind, error, trace)

    async def commit(self) -> None:
        """Make the changes last; nothing can be asked or changed afterwards.

        Raises:
            StorageUnavailable: The connection broke; whether the changes lasted is not known.
        """
        await self._transaction.commit()
