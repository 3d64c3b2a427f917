"""A typed client of the control API, for the demo and for the bot's tests."""

import asyncio
from collections import Counter
from collections.abc import Callable
from types import TracebackType
from typing import Any

from bot.sandbox.client.orders import Orders, SandboxError
from bot.sandbox.client.person import PersonHandle
from bot.sandbox.client.what_is_seen import Seen
from bot.sandbox.reports.reports import CallReport, Message, Outcome, ViewReport, WorldReport

__all__ = ["Message", "Outcome", "PersonHandle", "SandboxClient", "SandboxError", "Seen", "ViewReport"]


class SandboxClient:
    """Looks at a sandbox, orders faults and gives out people to act as."""

    def __init__(self, control_url: str) -> None:
        """Speak to the sandbox whose control API is at `control_url`."""
        self._orders = Orders(control_url)
        self._latest: Seen | None = None

    async def __aenter__(self) -> "SandboxClient":
        """Nothing is opened before the first order."""
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the connection."""
        await self._orders.close()

    def person(self, user_id: str) -> PersonHandle:
        """Return a handle to act as a person; who they are is checked when they act."""
        return PersonHandle(self._orders, user_id)

    async def world(self) -> WorldReport:
        """Return the team, its people and channels."""
        return WorldReport.model_validate(await self._orders.give("world"))

    async def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """Return a channel's messages in order, replies and deleted ones included, or one thread's."""
        answer = await self._orders.give("messages", channel=channel, thread_ts=thread_ts)
        return [Message.model_validate(row) for row in answer["messages"]]

    async def ephemerals(self, user: str | None = None) -> list[Message]:
        """Return what was shown to one person only, in order, answers at a response_url included."""
        answer = await self._orders.give("ephemerals", user=user)
        return [Message.model_validate(row) for row in answer["messages"]]

    async def seen(self) -> Seen:
        """Return everything at this moment; only what is new since the last look is asked for."""
        return await self._look(None, 0.0)

    async def until(self, predicate: Callable[[Seen], Any], timeout: float = 10.0) -> Seen:
        """Wait until something is so, and return the state in which it was.

        Args:
            predicate: Called after every change; true ends the wait.
            timeout: Real seconds.

        Raises:
            TimeoutError: When it did not come about; the text shows what is in the sandbox.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        seen = await self.seen()
        while not predicate(seen):
            left = deadline - loop.time()
            if left <= 0:
                raise TimeoutError(f"not so after {timeout} s. The sandbox holds:\n{seen.told()}")
            seen = await self._look(seen, min(left, 5.0))
        return seen

    async def _look(self, after: Seen | None, wait: float) -> Seen:
        """Look once more: at the first change after an earlier look, or after `wait` real seconds."""
        before = self._latest
        if before is None:
            seen = Seen(await self._orders.give("snapshot"))
        elif after is not None and before.revision > after.revision:
            # Somebody else who waits has looked meanwhile.
            return before
        else:
            seen = Seen(await self._orders.give("changes", since=before.revision, wait=wait), before)
        if self._latest is None or self._latest.revision <= seen.revision:
            self._latest = seen
        return seen

    async def idle(self, quiet: float = 0.1, timeout: float = 10.0) -> Seen:
        """Wait until nothing is under way and nothing has changed for `quiet` real seconds.

        Raises:
            TimeoutError: When it does not come to rest.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        now = await self._orders.give("changes", brief=True)
        while loop.time() < deadline:
            later = await self._orders.give("changes", since=now["revision"], wait=quiet, brief=True)
            if later["revision"] == now["revision"] and later["under_way"] == 0:
                return await self.seen()
            now = later
        raise TimeoutError(f"not at rest after {timeout} s. The sandbox holds:\n{(await self.seen()).told()}")

    async def calls(self, method: str | None = None) -> list[CallReport]:
        """Return the Web API calls so far, of one method or all."""
        answer = await self._orders.give("calls", method=method)
        return [CallReport.model_validate(row) for row in answer["calls"]]

    async def api_calls(self) -> dict[str, int]:
        """Return how often each Web API method was called."""
        return dict(sorted(Counter(call.method for call in await self.calls()).items()))

    async def advance(self, seconds: float) -> None:
        """Move the sandbox's clock forward."""
        await self._orders.give("advance", seconds=seconds)

    async def set_rules(self, **rules: Any) -> None:
        """Change how the sandbox behaves (the fields of `Rules`)."""
        listed = {k: sorted(v) if isinstance(v, (set, frozenset)) else v for k, v in rules.items()}
        await self._orders.give("rules", **listed)

    async def fault(self, kind: str, method: str | None = None, **more: Any) -> None:
        """Order a fault for coming Web API calls (the fields of `Fault`)."""
        await self._orders.give("fault", kind=kind, method=method, **more)

    async def clear_faults(self) -> None:
        """Forget every fault that is still to come."""
        await self._orders.give("clear_faults")

    async def expire_triggers(self, times: int = 1) -> None:
        """Let the next trigger ids that are used be found too old."""
        await self._orders.give("expire_triggers", times=times)

    async def lose_acks(self, times: int = 1) -> None:
        """Treat the next acknowledgements as if they had never come."""
        await self._orders.give("lose_acks", times=times)

    async def redeliver_last(self) -> Outcome:
        """Send the bot the last event or interaction once more, the same in every id."""
        return Outcome.model_validate(await self._orders.give("redeliver_last"))

    async def sockets(self) -> int:
        """Return how many sockets are open."""
        return (await self.seen()).sockets

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Announce the end to every socket: `warning`, `refresh_requested` or `link_disabled`."""
        await self._orders.give("disconnect", reason=reason)

    async def drop_sockets(self) -> int:
        """Break all sockets off and return how many there were."""
        return int((await self._orders.give("drop_sockets"))["dropped"])

    async def refuse_handshakes(self, times: int = 1) -> None:
        """Refuse the next WebSocket handshakes."""
        await self._orders.give("refuse_handshakes", times=times)

    async def deliver_to(self, url: str) -> None:
        """Reach the bot by signed HTTP requests from now on."""
        await self._orders.give("deliver_to", url=url)

    async def challenge(self) -> bool:
        """Ask the bot's URL to prove itself, and return whether it did."""
        return bool((await self._orders.give("challenge"))["answered"])

    async def archive(self, channel: str) -> None:
        """Archive a channel."""
        await self._orders.give("archive", channel=channel, archived=True)

    async def unarchive(self, channel: str) -> None:
        """Bring an archived channel back."""
        await self._orders.give("archive", channel=channel, archived=False)

    async def set_read_only(self, channel: str, read_only: bool = True) -> None:
        """Let only admins post in a channel, or everyone again."""
        await self._orders.give("read_only", channel=channel, read_only=read_only)

    async def remove_bot(self, channel: str) -> None:
        """Take the bot out of a channel."""
        await self._orders.give("bot_membership", channel=channel, inside=False)

    async def invite_bot(self, channel: str) -> None:
        """Bring the bot into a channel."""
        await self._orders.give("bot_membership", channel=channel, inside=True)

    async def uninstall(self) -> None:
        """Remove the app from the workspace."""
        await self._orders.give("uninstall")

    async def deactivate(self, user: str) -> None:
        """Deactivate a person's account."""
        await self._orders.give("deactivate", user=user, deactivated=True)

    async def reactivate(self, user: str) -> None:
        """Bring a deactivated account back."""
        await self._orders.give("deactivate", user=user, deactivated=False)

    async def set_zone(self, user: str, tz: str) -> None:
        """Move a person to another time zone (an IANA name)."""
        await self._orders.give("set_zone", user=user, tz=tz)
