"""The wire between the typed client and the control API."""

from typing import Any

import aiohttp

Json = dict[str, Any]
# Longer than any wait of the control API, since a press waits for the bot to acknowledge it.
_TIMEOUT = 60.0


class SandboxError(Exception):
    """The sandbox could not do what was asked; the text says why."""


class Orders:
    """Sends orders to one sandbox."""

    def __init__(self, control_url: str) -> None:
        """Send to `control_url`; the connection is made with the first order."""
        self._url = control_url.rstrip("/")
        self._session: aiohttp.ClientSession | None = None

    async def give(self, order: str, **arguments: Any) -> Json:
        """Give an order and return the answer.

        Raises:
            SandboxError: When the sandbox refuses it.
        """
        if self._session is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_TIMEOUT))
        async with self._session.post(f"{self._url}/{order}", json=arguments) as response:
            if response.content_type != "application/json":
                raise SandboxError(f"{order} ended with HTTP {response.status}")
            answer: Json = await response.json()
            if response.status != 200:
                raise SandboxError(str(answer.get("error")))
            return answer

    async def close(self) -> None:
        """Close the connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None
