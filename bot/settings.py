"""Settings from the environment and `.env`; built once, by the command that needs them."""

from __future__ import annotations

import re
from datetime import time
from functools import cache
from typing import Annotated, Literal, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.conversation.emoji import Meaning, emoji_names, meanings
from model.calendar.council_calendar import Nation
from model.calendar.working_hours import CLOSES, OPENS
from model.digest.schedule import WEEKDAYS, DigestRules
from model.reminders.occasions import ReminderSettings

Chosen = TypeVar("Chosen", bound=BaseSettings)

REAL_SLACK = "https://slack.com/api/"
_MOST_OFFSETS, _LONGEST_OFFSET = 10, 60
# To find them all, every folder of zones is looked through.
_zones = cache(available_timezones)


class SettingsProblem(Exception):
    """Settings that are missing or malformed; each line says what to do."""


class PortSettings(BaseSettings):
    """Where the bot listens: all that the health check needs to know."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        hide_input_in_errors=True,
        # A line such as `PORT=` in the environment does not hide what .env says.
        env_ignore_empty=True,
    )

    port: int = Field(default=3000, ge=0, le=65535)

    @model_validator(mode="before")
    @classmethod
    def _without_blanks(cls, values: dict[str, object]) -> dict[str, object]:
        """Spaces around a value do no harm, and spaces alone mean that the setting is not there."""
        stripped = {name: each.strip() if isinstance(each, str) else each for name, each in values.items()}
        return {name: each for name, each in stripped.items() if each != ""}


class Settings(PortSettings):
    """Everything that can be set. Secrets have no default and never print."""

    # One for each workspace, with commas between them; without NoDecode they would have to be JSON.
    slack_bot_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = Field(validation_alias="slack_bot_token")
    # One for each Slack app.
    slack_app_tokens: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), validation_alias="slack_app_token"
    )
    slack_signing_secrets: Annotated[tuple[SecretStr, ...], NoDecode] = Field(
        default=(), validation_alias="slack_signing_secret"
    )
    slack_api_url: str = REAL_SLACK
    # It may hold a password.
    database_url: str = Field(default="sqlite+aiosqlite:///milepost.db", repr=False)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    command: str = Field(default="/milepost", validation_alias="milepost_command")
    framework: str | None = Field(default=None, validation_alias="milepost_framework")
    host: str = Field(default="0.0.0.0", validation_alias="milepost_host")  # noqa: S104 - a container's port
    timezone: str = Field(default="Europe/London", validation_alias="milepost_timezone")
    nation: Nation = Field(default=Nation.ENGLAND, validation_alias="milepost_nation")
    retention_months: int | None = Field(
        default=None, ge=1, le=240, validation_alias="milepost_retention_months"
    )
    proposal_emoji: str = Field(default="bulb", validation_alias="milepost_proposal_emoji")
    support_threshold: int = Field(default=3, ge=1, le=100, validation_alias="milepost_support_threshold")
    nudge_after_hours: int = Field(default=8, ge=1, le=80, validation_alias="milepost_nudge_after_hours")
    evidence_emoji: str = Field(default="paperclip", validation_alias="milepost_evidence_emoji")
    plan_emoji: str = Field(default="white_check_mark", validation_alias="milepost_plan_emoji")
    reminder_time: time = Field(default=time(9, 30), validation_alias="milepost_reminder_time")
    # Without NoDecode it would have to be written as JSON.
    reminder_offsets: Annotated[tuple[int, ...], NoDecode] = Field(
        default=(5, 1, 0), validation_alias="milepost_reminder_offsets"
    )
    digest_day: str = Field(default="monday", validation_alias="milepost_digest_day")
    digest_time: time = Field(default=time(9, 30), validation_alias="milepost_digest_time")
    concurrency: int = Field(default=50, ge=1, le=1_000, validation_alias="milepost_concurrency")
    drain_seconds: float = Field(default=20, ge=0, le=600, validation_alias="milepost_drain_seconds")
    strict_payloads: bool = Field(default=False, validation_alias="milepost_strict_payloads")

    @field_validator("log_level", mode="before")
    @classmethod
    def _upper_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("slack_bot_tokens", "slack_app_tokens", "slack_signing_secrets", mode="before")
    @classmethod
    def _separated(cls, value: object) -> object:
        if value is None:
            return ()
        if not isinstance(value, str):
            return value
        secrets = [each.strip() for each in value.split(",")]
        if "" in secrets:
            raise ValueError("must have something before and after each comma")
        if len(set(secrets)) < len(secrets):
            raise ValueError("must not hold the same one twice")
        return tuple(secrets)

    @field_validator("slack_bot_tokens")
    @classmethod
    def _bot_tokens(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        return _tokens_of_kind(value, "xoxb-", "the bot token is under OAuth & Permissions of your Slack app")

    @field_validator("slack_app_tokens")
    @classmethod
    def _app_tokens(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        hint = "the app-level token is under Basic Information of your app, with connections:write"
        return _tokens_of_kind(value, "xapp-", hint)

    @field_validator("slack_api_url")
    @classmethod
    def _api_url(cls, value: str) -> str:
        if not re.match(r"^https?://[^\s/]+", value):
            raise ValueError(f"must be a web address such as {REAL_SLACK}")
        return value.rstrip("/") + "/"

    @field_validator("command")
    @classmethod
    def _command(cls, value: str) -> str:
        if not re.match(r"^/[a-z0-9_-]{1,31}$", value):
            raise ValueError("must be a slash and up to 31 small letters, digits, - or _, such as /milepost")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        if value not in _zones():
            raise ValueError("must be the name of a time zone such as Europe/London")
        return value

    @field_validator("nation", mode="before")
    @classmethod
    def _nation(cls, value: object) -> object:
        named = re.sub(r"[\s_]+", "-", value.lower()) if isinstance(value, str) else value
        if named not in list(Nation):
            raise ValueError("must be england, wales, scotland or northern-ireland")
        return named

    @field_validator("evidence_emoji", "plan_emoji", "proposal_emoji")
    @classmethod
    def _emoji(cls, value: str) -> str:
        emoji_names(value)
        return value

    @field_validator("digest_day")
    @classmethod
    def _day_of_the_week(cls, value: str) -> str:
        if value.lower() not in WEEKDAYS:
            raise ValueError("must be monday, tuesday, wednesday, thursday or friday")
        return value.lower()

    @field_validator("reminder_time", "digest_time", mode="before")
    @classmethod
    def _in_working_hours(cls, value: object) -> object:
        if isinstance(value, time):
            return value
        read = re.match(r"^([01]?\d|2[0-3])[:.]([0-5]\d)$", str(value))
        at = None if read is None else time(int(read[1]), int(read[2]))
        if at is None or not OPENS <= at < CLOSES:
            raise ValueError("must be a time of day from 09:00 to 16:59, such as 09:30")
        return at

    @field_validator("reminder_offsets", mode="before")
    @classmethod
    def _working_days(cls, value: object) -> object:
        words = [each.strip() for each in value.split(",")] if isinstance(value, str) else value
        sentence = (
            f"must be up to {_MOST_OFFSETS} numbers of working days before the date, each from 0 to "
            f"{_LONGEST_OFFSET}, with commas between them, such as 5,1,0"
        )
        if not isinstance(words, list | tuple) or not 0 < len(words) <= _MOST_OFFSETS:
            raise ValueError(sentence)
        if not all(re.match(r"^\d{1,2}$", str(each)) and int(each) <= _LONGEST_OFFSET for each in words):
            raise ValueError(sentence)
        return tuple(int(each) for each in words)

    @model_validator(mode="after")
    def _one_meaning_each(self) -> Settings:
        # Making the table refuses an emoji that stands for two things.
        _ = self.emoji
        return self

    @model_validator(mode="after")
    def _one_way_in(self) -> Settings:
        if not self.slack_app_tokens and not self.slack_signing_secrets:
            raise ValueError(
                "Set SLACK_APP_TOKEN (starts with xapp-) for Socket Mode, "
                "or SLACK_SIGNING_SECRET for HTTP mode."
            )
        return self

    @model_validator(mode="after")
    def _secrets_of_tokens(self) -> Settings:
        # Which workspace a secret speaks for is told by its place.
        if len(self.slack_signing_secrets) not in (0, 1, len(self.slack_bot_tokens)):
            raise ValueError(
                "SLACK_SIGNING_SECRET must hold one for each token in SLACK_BOT_TOKEN, in the same order, "
                "or a single one if all belong to the same Slack app."
            )
        return self

    @property
    def zone(self) -> ZoneInfo:
        """The council's time zone."""
        return ZoneInfo(self.timezone)

    @property
    def emoji(self) -> dict[str, Meaning]:
        """What a reaction means, by the one name of its emoji."""
        return meanings(
            {
                Meaning.EVIDENCE: emoji_names(self.evidence_emoji),
                Meaning.PLAN: emoji_names(self.plan_emoji),
                Meaning.PROPOSAL: emoji_names(self.proposal_emoji),
            }
        )

    @property
    def digests(self) -> DigestRules:
        """When the weekly digest comes."""
        return DigestRules(WEEKDAYS.index(self.digest_day), self.digest_time, self.zone)

    @property
    def reminders(self) -> ReminderSettings:
        """When owners are reminded; the day itself, offset 0, is always among them."""
        before = tuple(sorted({each for each in self.reminder_offsets if each > 0}, reverse=True))
        return ReminderSettings(before=before, send_at=self.reminder_time)

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is reached by Socket Mode; without an app token it calls us over HTTP."""
        return bool(self.slack_app_tokens)


def _tokens_of_kind(value: tuple[SecretStr, ...], prefix: str, hint: str) -> tuple[SecretStr, ...]:
    for each in value:
        token = each.get_secret_value()
        if not token.startswith(prefix) or len(token) <= len(prefix) or re.search(r"\s", token):
            raise ValueError(f"must start with {prefix}; {hint}")
    return value


def load_settings(env_file: str | None = ".env") -> Settings:
    """Read the settings.

    Raises:
        SettingsProblem: one sentence a fault, none of which repeats a secret.
    """
    return _read(Settings, env_file)


def load_port(env_file: str | None = ".env") -> int:
    """Read the port alone, for whoever asks the bot how it is.

    Raises:
        SettingsProblem: it is not a port.
    """
    return _read(PortSettings, env_file).port


def _read(kind: type[Chosen], env_file: str | None) -> Chosen:
    try:
        return kind(_env_file=env_file)
    except ValidationError as error:
        raise SettingsProblem("\n".join(_sentence(fault) for fault in error.errors())) from None
    except (OSError, UnicodeDecodeError):
        raise SettingsProblem(
            f"{env_file} cannot be read. Check its permissions and that it is UTF-8."
        ) from None


def _sentence(fault: ErrorDetails) -> str:
    name = str(fault["loc"][0]).upper() if fault["loc"] else ""
    if fault["type"] == "missing":
        return f"{name} is not set. Put it in the environment or in a file called .env; see README.md."
    detail = fault["msg"].removeprefix("Value error, ")
    if not name:
        return detail
    if fault["type"] == "value_error":
        return f"{name} {detail}."
    return f"{name} is not valid: {detail[0].lower()}{detail[1:]}."
