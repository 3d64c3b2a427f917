"""The one setting that the manifest needs; the others may be missing."""

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class CommandName(BaseSettings):
    """`MILEPOST_COMMAND`, from the environment or `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        str_strip_whitespace=True,
    )

    command: str = Field(default="/milepost", validation_alias="milepost_command")
