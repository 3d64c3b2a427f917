"""The gate that every payload passes on its way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from bot.delivery.block_kit import (
    PayloadRefused,
    Violation,
    check_message,
    check_view,
    plain_message,
    plain_view,
)
from bot.log import logger

_log = logger(__name__)


class Outgoing:
    """Checks payloads against Slack's limits. A violation is our bug: tests see it, people get the text."""

    def __init__(self, *, strict: bool) -> None:
        self._strict = strict

    def message(self, payload: Mapping[str, Any]) -> dict[str, Any]:
        """The payload of a message, or its plain version.

        Raises:
            PayloadRefused: it breaks a limit, and we are strict.
        """
        return self._checked(payload, check_message(payload), plain_message)

    def view(self, view: Mapping[str, Any]) -> dict[str, Any]:
        """A modal or Home view, or its plain version.

        Raises:
            PayloadRefused: it breaks a limit, and we are strict.
        """
        return self._checked(view, check_view(view), plain_view)

    def _checked(
        self,
        payload: Mapping[str, Any],
        violations: tuple[Violation, ...],
        plain: Callable[[Mapping[str, Any]], dict[str, Any]],
    ) -> dict[str, Any]:
        if not violations:
            return dict(payload)
        if self._strict:
            raise PayloadRefused(violations)
        where = [violation.pointer for violation in violations]
        _log.error(
            "payload_refused", error_id=uuid4().hex[:8], where=where, rules=[v.rule for v in violations]
        )
        return plain(payload)
