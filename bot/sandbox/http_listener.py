"""The HTTP server below a sandbox."""

from abc import ABC, abstractmethod
from typing import Self

from aiohttp import web

_LARGEST_BODY = 64 * 1024 * 1024


def application() -> web.Application:
    """Return an application without routes that takes the largest upload."""
    return web.Application(client_max_size=_LARGEST_BODY)


class Served(ABC):
    """Something that is started and stopped; as an async context manager, it does both by itself."""

    @abstractmethod
    async def start(self) -> None:
        """Listen."""

    @abstractmethod
    async def stop(self) -> None:
        """Stop everything that is under way and listen no more."""

    async def __aenter__(self) -> Self:
        """Start."""
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self.stop()


class Listener:
    """Listens on one address. Once started it keeps its port, also for the next start."""

    def __init__(self, host: str, port: int) -> None:
        """Take an address without listening there yet; port 0 is any free one."""
        self._host = host
        self._port = port
        self._runner: web.AppRunner | None = None

    async def start(self, app: web.Application) -> str:
        """Serve an application and return the address, without a slash at the end.

        Raises:
            OSError: When the port is taken.
        """
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, self._host, self._port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        return f"http://{self._host}:{self._port}"

    async def stop(self) -> None:
        """Listen no more."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
