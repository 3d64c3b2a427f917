"""Faults on order: what shall go wrong with the next calls of a Web API method."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any


class FaultKind(StrEnum):
    """What can be ordered for a Web API call."""

    RATE_LIMITED = "rate_limited"
    """HTTP 429 with `Retry-After` of `seconds`."""
    HTTP_ERROR = "http_error"
    """HTTP `status` with a body that is not JSON; nothing is done."""
    API_ERROR = "api_error"
    """HTTP 200 with `error`; nothing is done."""
    DROP_BEFORE = "drop_before"
    """The connection breaks and nothing is done."""
    DROP_AFTER = "drop_after"
    """It is done, and then the connection breaks before the answer."""
    SLOW = "slow"
    """It is done, and the answer comes after `seconds` of real time."""
    HANG_BEFORE = "hang_before"
    """Nothing is done; the connection stays silent for `seconds` of real time and then breaks."""


@dataclass(frozen=True)
class Fault:
    """One order.

    Attributes:
        method: The Web API method; None is any.
        channel: Only calls whose `channel` (or `channel_id`) is this one.
        times: How many calls it strikes.
        skip: How many fitting calls go well first.
        seconds: `Retry-After`, or real seconds of delay.
    """

    kind: FaultKind
    method: str | None = None
    channel: str | None = None
    times: int = 1
    skip: int = 0
    seconds: float = 1.0
    status: int = 500
    error: str = "internal_error"


class FaultPlan:
    """The orders that are still open, first come first served."""

    def __init__(self) -> None:
        """Begin with no orders."""
        self._open: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Add an order.

        Raises:
            ValueError: When its numbers make no sense.
        """
        if fault.times < 1 or fault.skip < 0 or fault.seconds < 0:
            raise ValueError("times is at least 1, skip and seconds are not negative")
        self._open.append(fault)

    def take(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """Return what shall go wrong with this call, if anything, and use the order up."""
        channel = arguments.get("channel") or arguments.get("channel_id")
        for place, fault in enumerate(self._open):
            if fault.method not in (None, method) or fault.channel not in (None, channel):
                continue
            if fault.skip:
                self._open[place] = replace(fault, skip=fault.skip - 1)
                continue
            self._open[place] = replace(fault, times=fault.times - 1)
            if fault.times == 1:
                del self._open[place]
            return fault
        return None

    def clear(self) -> None:
        """Forget every order."""
        self._open.clear()
