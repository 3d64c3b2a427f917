"""The small reference that a button or a modal carries: ids, never data."""

from __future__ import annotations

from typing import Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BadReference(ValueError):
    """A button or modal whose value is not one of ours."""


class Reference(BaseModel):
    """What a press is about. Field names are short because a button value has 2,000 characters.

    `calculated` is the level that the button showed, and `due` the date, so that a press on an old card is
    noticed, and `seen` is the print of what a form showed. `days` is a range of days as it is written.
    `revision` is that of the item which a form was filled in from. `word` is what a menu's choice does.
    `message` is the timestamp of a message that people wrote.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)

    assessment: str = Field(default="", alias="a")
    dimension: str = Field(default="", alias="d")
    prompt: str = Field(default="", alias="p")
    level: int | None = Field(default=None, alias="l")
    calculated: int | None = Field(default=None, alias="c")
    channel: str = Field(default="", alias="ch")
    benefit: str = Field(default="", alias="b")
    action: str = Field(default="", alias="x")
    person: str = Field(default="", alias="u")
    role: str = Field(default="", alias="r")
    proposal: str = Field(default="", alias="pr")
    days: str = Field(default="", alias="dy")
    seen: str = Field(default="", alias="sn")
    item: str = Field(default="", alias="i")
    milestone: str = Field(default="", alias="m")
    revision: int | None = Field(default=None, alias="v")
    word: str = Field(default="", alias="w")
    amount: str = Field(default="", alias="am")
    page: int = Field(default=0, alias="g")
    evidence: str = Field(default="", alias="e")
    message: str = Field(default="", alias="t")
    due: str = Field(default="", alias="du")

    def encode(self) -> str:
        """The value for a button or for private metadata."""
        return self.model_dump_json(by_alias=True, exclude_defaults=True)

    @classmethod
    def decode(cls, value: str) -> Self:
        """Read a value back.

        Raises:
            BadReference: it is not one of ours.
        """
        try:
            return cls.model_validate_json(value)
        except ValidationError:
            raise BadReference(value[:20]) from None
