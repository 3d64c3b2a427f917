"""What every log line of one press, form, command or event carries, so that an error id leads to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from bot.listeners.handling.filled_in import mapping
from bot.log import log_context, logger

_log = logger(__name__)


@contextmanager
def taken_on(
    handler: Callable[..., object], body: Mapping[str, Any], workspace_id: str, key: str
) -> Iterator[None]:
    """Bind ids of ours and words of Slack's, never what somebody wrote, and not what a payload has none of.

    Args:
        handler: What takes the payload on.
        body: The payload.
        workspace_id: The workspace we were authorized for.
        key: By which a second delivery is known.
    """
    actions, event = body.get("actions") or [{}], mapping(body.get("event"))
    callback_id = body.get("callback_id") or mapping(body.get("view")).get("callback_id")
    facts = {
        "workspace": workspace_id,
        "handler": f"{handler.__module__}.{handler.__qualname__}",
        "action_id": str(mapping(actions[0]).get("action_id") or ""),
        "callback_id": str(callback_id or ""),
        "event_type": str(event.get("type") or ""),
        "event_subtype": str(event.get("subtype") or ""),
        "delivery": key,
    }
    with log_context(**facts):
        _log.debug("taken_on")
        yield
