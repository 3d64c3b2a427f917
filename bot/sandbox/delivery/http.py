"""Signed HTTP requests: what Slack sends to a request URL.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack/ and https://docs.slack.dev/apis/events-api/.
"""

import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.sandbox.delivery.parcels import Parcel, ParcelKind, Receipt
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace


class HttpDelivery:
    """Sends everything to one URL, as an app without Socket Mode has it."""

    def __init__(self, slack: Workspace, url: str) -> None:
        """Send to `url`."""
        self._slack = slack
        self.url = url
        self._session = aiohttp.ClientSession()

    @property
    def is_open(self) -> bool:
        """Always true: whether anyone listens is found out by trying."""
        return True

    async def wait_open(self) -> None:
        """Return at once."""

    async def send(self, parcel: Parcel, attempt: int, reason: str | None) -> Receipt:
        """Send a parcel and wait for the answer, as long as Slack waits."""
        headers = {"x-slack-retry-num": str(attempt), "x-slack-retry-reason": reason or ""} if attempt else {}
        body, content_type = _body(parcel)
        try:
            async with self._session.post(
                self.url,
                data=body,
                headers={**headers, **self._signed(body), "Content-Type": content_type},
                timeout=aiohttp.ClientTimeout(total=self._slack.rules.ack_seconds),
                allow_redirects=False,
            ) as response:
                text = await response.text()
                if 200 <= response.status < 300:
                    return Receipt(True, _answer(text, response.content_type))
                no_retry = response.headers.get("x-slack-no-retry") == "1"
                return Receipt(False, reason="http_error", no_retry=no_retry)
        except TimeoutError:
            return Receipt(False, reason="http_timeout")
        except aiohttp.ClientError:
            return Receipt(False, reason="connection_failed", reached=False)

    async def challenge(self) -> bool:
        """Ask the URL to prove itself, as Slack does when it is entered, and return whether it did."""
        token = f"challenge{self._slack.next_number()}"
        payload = {
            "token": self._slack.identity.verification_token,
            "challenge": token,
            "type": "url_verification",
        }
        parcel = Parcel(ParcelKind.EVENT, payload, "", accepts_response_payload=True)
        receipt = await self.send(parcel, 0, None)
        answer = receipt.answer or {}
        return receipt.acknowledged and token in (answer.get("challenge"), answer.get("text"))

    async def close(self) -> None:
        """Close the connections."""
        await self._session.close()

    def _signed(self, body: str) -> dict[str, str]:
        # Real time, not the sandbox's: whoever checks a signature compares it with the machine's own clock.
        stamp = str(int(time.time()))
        secret = self._slack.identity.signing_secret.encode()
        digest = hmac.new(secret, f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _body(parcel: Parcel) -> tuple[str, str]:
    if parcel.kind is ParcelKind.EVENT:
        return json.dumps(parcel.payload), "application/json"
    if parcel.kind is ParcelKind.COMMAND:
        return urlencode(parcel.payload), "application/x-www-form-urlencoded"
    return urlencode({"payload": json.dumps(parcel.payload)}), "application/x-www-form-urlencoded"


def _answer(text: str, content_type: str) -> Json | None:
    if not text:
        return None
    if content_type == "application/json":
        try:
            value = json.loads(text)
        except ValueError:
            return {"text": text}
        return value if isinstance(value, dict) else None
    return {"text": text}
