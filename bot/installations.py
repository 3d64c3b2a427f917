"""Which workspaces we are installed in, and the token for each; looked up without a call to Slack."""

from __future__ import annotations

from pydantic import SecretStr
from slack_bolt.authorization import AuthorizeResult

from bot.clock import Clock
from bot.delivery.slack import Identity
from storage.database import Database
from storage.installations import Installation


class Installations:
    """The installation behind one bot token, recorded at the start, so that events need no auth.test."""

    def __init__(self, token: SecretStr) -> None:
        self._token = token
        self._identity: Identity | None = None

    @property
    def identity(self) -> Identity | None:
        """Who we are, once Slack has said so."""
        return self._identity

    async def record(self, database: Database, clock: Clock, identity: Identity) -> None:
        """Remember who we are, here and in the database."""
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
        self._identity = identity

    def authorize(self, enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        """Bolt asks this for every request, before it is acknowledged; the answer is in memory."""
        identity = self._identity
        if identity is None or (team_id is not None and team_id != identity.workspace_id):
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=identity.workspace_id,
            bot_user_id=identity.bot_user_id,
            bot_id=identity.bot_id,
            bot_token=self._token.get_secret_value(),
        )
