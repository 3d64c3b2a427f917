"""Which workspaces we are installed in, and the token for each; looked up without a call to Slack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult

from bot.clock import Clock
from bot.delivery.slack.faults import TokenFault
from bot.delivery.slack.slack import Identity, Slack
from storage.database import Database
from storage.workspaces.installations import Installation


@dataclass(frozen=True)
class _Installed:
    place: int
    identity: Identity
    token: SecretStr
    slack: Slack


class InstalledTwice(Exception):
    """Two tokens belong to the same workspace."""


class Installations:
    """Who we are in each workspace, in memory, so that no request waits for Slack to tell."""

    def __init__(self, slack_with: Callable[[SecretStr], Slack], *, only_one: bool) -> None:
        """Make it empty.

        Args:
            slack_with: Makes Slack from a token.
            only_one: Whether there is a single token: a payload that names no workspace means its own.
        """
        self._slack_with = slack_with
        self._only_one = only_one
        self._installed: dict[str, _Installed] = {}
        self._taken: set[str] = set()

    @property
    def workspaces(self) -> tuple[str, ...]:
        """The workspaces we serve, in the order in which they were added."""
        return tuple(self._installed)

    def identity(self, workspace_id: str) -> Identity:
        """Who we are in a workspace.

        Raises:
            KeyError: we are not installed there.
        """
        return self._installed[workspace_id].identity

    def bot_user(self, workspace_id: str) -> str:
        """Our user id in a workspace; empty where we are not installed."""
        installed = self._installed.get(workspace_id)
        return "" if installed is None else installed.identity.bot_user_id

    def slack_of(self, workspace_id: str) -> Slack:
        """The Slack of a workspace.

        Raises:
            TokenFault: we are not installed there.
        """
        installed = self._installed.get(workspace_id)
        if installed is None:
            raise TokenFault("not_installed")
        return installed.slack

    def place(self, workspace_id: str) -> int | None:
        """Which of the tokens belongs to a workspace, counted from 0; None where we are not installed."""
        installed = self._installed.get(workspace_id)
        return None if installed is None else installed.place

    async def add(
        self, database: Database, clock: Clock, place: int, identity: Identity, token: SecretStr
    ) -> None:
        """Serve a workspace from now on; who we are there is remembered in the database, without the token.

        Args:
            database: Where it is remembered.
            clock: The time.
            place: Which of the tokens it is, counted from 0.
            identity: Who we are in the workspace.
            token: The bot token.

        Raises:
            InstalledTwice: another token belongs to the same workspace.
        """
        if identity.workspace_id in self._taken:
            raise InstalledTwice(identity.team_name or identity.workspace_id)
        # Noted before anything is waited for: the tokens are added at the same time.
        self._taken.add(identity.workspace_id)
        try:
            await _remember(database, clock, identity)
        except BaseException:
            self._taken.discard(identity.workspace_id)
            raise
        self._installed[identity.workspace_id] = _Installed(place, identity, token, self._slack_with(token))

    def remove(self, workspace_id: str) -> bool:
        """Serve a workspace no more; whether we did until now."""
        return self._installed.pop(workspace_id, None) is not None

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Bolt asks this for every request, before it is acknowledged; the answer is in memory.

        A payload that names no workspace is answered for only where there is one token, so that no doubt is
        which is meant: of several, all but one may be refused by now.
        """
        if team_id is None and self._only_one:
            team_id = next(iter(self._installed), None)
        installed = self._installed.get(team_id or "")
        if installed is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=installed.identity.workspace_id,
            bot_user_id=installed.identity.bot_user_id,
            bot_id=installed.identity.bot_id,
            bot_token=installed.token.get_secret_value(),
        )


async def _remember(database: Database, clock: Clock, identity: Identity) -> None:
    async with database.unit_of_work(identity.workspace_id) as work:
        await work.installation.put(
            Installation(
                workspace_id=identity.workspace_id,
                team_name=identity.team_name,
                address=identity.address,
                bot_user_id=identity.bot_user_id,
                bot_id=identity.bot_id,
                scopes=identity.scopes,
                updated_at=clock.now(),
            )
        )
        await work.commit()
