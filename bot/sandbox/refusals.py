"""The two ways the sandbox says no: as Slack to the bot, and plainly to whoever plays the people."""

from typing import Any


class SlackRefusal(Exception):
    """A refusal in Slack's own words: the `error` string of a Web API answer."""

    def __init__(self, error: str, *, messages: list[str] | None = None, **extra: Any) -> None:
        """Keep the error string, Slack's `response_metadata.messages` and further fields of the answer."""
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra

    def body(self) -> dict[str, Any]:
        """Return the JSON body that the caller of the Web API gets."""
        answer: dict[str, Any] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return answer


class ControlRefusal(Exception):
    """Something a person in Slack could not do, told in one sentence."""
