"""Slack's rate limits, kept on the sandbox's clock.

Source: https://docs.slack.dev/apis/web-api/rate-limits: tiers count each method for each workspace and app,
chat.postMessage takes about one message a second in each channel.
"""

import math
from collections import defaultdict, deque
from dataclasses import dataclass

from bot.sandbox.conditions.clock import SandboxClock

TIERS = {"T1": 1, "T2": 20, "T3": 50, "T4": 100}
WINDOW = 60.0
# Only the sandbox's clock is sped up, not the way a request takes, so at speed 50 a millisecond of real delay
# counts as 50. What a call may come early is this many real seconds; the mean rate stays the same.
_JITTER = 0.01
_MOST_JITTER = 0.9


@dataclass(frozen=True)
class Allowance:
    """How often one method may be called: its tier, or the special rule for posts."""

    tier: str | None
    post_burst: int = 1
    posts_per_minute: int = 600


class RateLimits:
    """Counts calls and says how long to wait when there were too many."""

    def __init__(self, clock: SandboxClock) -> None:
        """Begin with nothing counted."""
        self._clock = clock
        self._windows: dict[str, deque[float]] = defaultdict(deque)
        self._next_post: dict[str, float] = {}

    def wait(self, method: str, allowance: Allowance, channel: str | None) -> int:
        """Count a call and return 0, or return the whole seconds for which it must wait, not counting it.

        Args:
            method: The Web API method.
            allowance: How often it may be called.
            channel: The channel, for posts.
        """
        now = self._clock.now().timestamp()
        if allowance.tier is not None:
            return self._in_window(method, TIERS[allowance.tier], now)
        early = self._too_early(channel or "", allowance.post_burst, now)
        if early > 0:
            return max(1, math.ceil(early))
        full = self._in_window(method, allowance.posts_per_minute, now)
        if not full:
            self._next_post[channel or ""] = max(now, self._next_post.get(channel or "", now)) + 1.0
        return full

    def _in_window(self, method: str, most: int, now: float) -> int:
        window = self._windows[method]
        while window and now - window[0] >= WINDOW:
            window.popleft()
        if len(window) >= most:
            return max(1, math.ceil(WINDOW - (now - window[0])))
        window.append(now)
        return 0

    def _too_early(self, channel: str, burst: int, now: float) -> float:
        """Return by how many seconds a post comes too early, in the manner of a leaky bucket."""
        due = self._next_post.get(channel, now)
        jitter = min(_MOST_JITTER, _JITTER * self._clock.speed)
        return due - now - (burst - 1) - jitter
