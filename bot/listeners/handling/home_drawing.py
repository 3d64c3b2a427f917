"""Drawing somebody's Home tab, for whoever changed what it shows."""

from __future__ import annotations

from bot.running.bot import Bot
from bot.services.home import home_of
from bot.views.block_kit.blocks import View
from bot.views.home import home_view


async def draw_home(bot: Bot, workspace_id: str, person: str, *, seen: str | None = None) -> None:
    """Show the tab as it should look now."""

    async def draw() -> View:
        home = await home_of(bot.desk, workspace_id, person, bot.clock.now())
        return home_view(home, today=bot.today(), command=bot.command)

    await bot.homes.show(workspace_id, person, draw, seen=seen)
