"""A person of the sandbox's team, to act as in tests and in the demo."""

import base64
from typing import Any

from bot.sandbox.client.orders import Orders
from bot.sandbox.reports.reports import Outcome, ViewReport


class PersonHandle:
    """Does what one member of the team would do. Whatever that person could not do raises `SandboxError`."""

    def __init__(self, orders: Orders, user_id: str) -> None:
        """Act as the person with `user_id`."""
        self.id = user_id
        self._orders = orders

    async def command(self, channel: str, line: str, thread_ts: str | None = None) -> Outcome:
        """Type a slash command, and return once it was acknowledged or not."""
        return await self._did("command", channel=channel, line=line, thread_ts=thread_ts)

    async def press(
        self,
        channel: str,
        ts: str,
        action_id: str | None = None,
        *,
        value: str | None = None,
        block_id: str | None = None,
        label: str | None = None,
    ) -> Outcome:
        """Press the one button of a message that fits."""
        target = _target(action_id, value, block_id, label)
        return await self._did("press", channel=channel, ts=ts, **target)

    async def press_ephemeral(
        self,
        ts: str,
        action_id: str | None = None,
        *,
        value: str | None = None,
        block_id: str | None = None,
        label: str | None = None,
        option: Any = None,
    ) -> Outcome:
        """Press a button, or choose from a menu, in a message that only this person sees."""
        target = _target(action_id, value, block_id, label)
        return await self._did("press_ephemeral", ts=ts, option=option, **target)

    async def choose(
        self,
        channel: str,
        ts: str,
        action_id: str | None = None,
        *,
        option: Any,
        block_id: str | None = None,
        label: str | None = None,
    ) -> Outcome:
        """Choose from a menu in a message: an option's value or text, a date, a person's id, or several."""
        target = _target(action_id, None, block_id, label)
        return await self._did("press", channel=channel, ts=ts, option=option, **target)

    async def modal(self) -> ViewReport | None:
        """Return the modal on top, if any is open."""
        return await self._view("modal")

    async def home(self) -> ViewReport | None:
        """Return what the Home tab shows."""
        return await self._view("home")

    async def submit(self, values: dict[str, Any] | None = None) -> Outcome:
        """Fill in the modal on top, by action id, block id or label, and submit it."""
        return await self._did("submit", values=values or {})

    async def modal_press(
        self,
        action_id: str | None = None,
        value: Any = None,
        *,
        block_id: str | None = None,
        label: str | None = None,
        values: dict[str, Any] | None = None,
    ) -> Outcome:
        """Press a button in the modal on top, or choose `value` from a menu in it.

        Args:
            action_id: Which element.
            value: What to choose, for a menu.
            block_id: Which block it stands in.
            label: What is written on it.
            values: What to type into the modal's inputs first.
        """
        target = _target(action_id, None, block_id, label)
        return await self._did("press_modal", option=value, values=values, **target)

    async def home_press(
        self,
        action_id: str | None = None,
        *,
        option: Any = None,
        value: str | None = None,
        block_id: str | None = None,
        label: str | None = None,
    ) -> Outcome:
        """Press a button on the Home tab, or choose `option` from a menu there."""
        return await self._did("press_home", option=option, **_target(action_id, value, block_id, label))

    async def close_modal(self, *, everything: bool = False) -> Outcome:
        """Close the modal on top, or all of them."""
        return await self._did("close_modal", everything=everything)

    async def say(self, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Write a message, in the channel or in a thread, and return its `ts`."""
        answer = await self._orders.give("say", user=self.id, channel=channel, text=text, thread_ts=thread_ts)
        return str(answer["ts"])

    async def dm(self, text: str) -> tuple[str, str]:
        """Write to the bot directly; return the conversation's id and the message's `ts`."""
        answer = await self._orders.give("dm", user=self.id, text=text)
        return str(answer["channel"]), str(answer["ts"])

    async def edit(self, channel: str, ts: str, text: str) -> None:
        """Change one's own message."""
        await self._orders.give("edit", user=self.id, channel=channel, ts=ts, text=text)

    async def delete(self, channel: str, ts: str) -> None:
        """Delete one's own message."""
        await self._orders.give("delete", user=self.id, channel=channel, ts=ts)

    async def react(self, channel: str, ts: str, name: str) -> None:
        """Give a message a reaction; `name` is without colons."""
        await self._orders.give("react", user=self.id, channel=channel, ts=ts, name=name)

    async def unreact(self, channel: str, ts: str, name: str) -> None:
        """Take a reaction back."""
        await self._orders.give("unreact", user=self.id, channel=channel, ts=ts, name=name)

    async def upload(
        self, channel: str, name: str, content: bytes, thread_ts: str | None = None, text: str = ""
    ) -> str:
        """Share a file, with words or without, and return the message's `ts`."""
        answer = await self._orders.give(
            "upload",
            user=self.id,
            channel=channel,
            name=name,
            content=base64.b64encode(content).decode(),
            thread_ts=thread_ts,
            text=text,
        )
        return str(answer["ts"])

    async def shortcut(self, callback_id: str) -> Outcome:
        """Start a global shortcut."""
        return await self._did("shortcut", callback_id=callback_id)

    async def message_shortcut(self, callback_id: str, channel: str, ts: str) -> Outcome:
        """Start a shortcut from a message's menu."""
        return await self._did("message_shortcut", callback_id=callback_id, channel=channel, ts=ts)

    async def open_home(self) -> ViewReport | None:
        """Look at the Home tab; return what it shows at that moment. The bot hears of it and may publish."""
        await self._orders.give("open_home", user=self.id)
        return await self.home()

    async def join(self, channel: str) -> None:
        """Come into a public channel."""
        await self._orders.give("join", user=self.id, channel=channel)

    async def leave(self, channel: str) -> None:
        """Leave a channel."""
        await self._orders.give("leave", user=self.id, channel=channel)

    async def _did(self, order: str, **arguments: Any) -> Outcome:
        return Outcome.model_validate(await self._orders.give(order, user=self.id, **arguments))

    async def _view(self, order: str) -> ViewReport | None:
        view = (await self._orders.give(order, user=self.id))["view"]
        return None if view is None else ViewReport.model_validate(view)


def _target(
    action_id: str | None, value: str | None, block_id: str | None, label: str | None
) -> dict[str, str | None]:
    return {"action_id": action_id, "value": value, "block_id": block_id, "label": label}
