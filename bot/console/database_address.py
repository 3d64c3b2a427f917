"""The one setting that commands about the database need; the others may be missing."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class DatabaseAddress(BaseSettings):
    """`DATABASE_URL`, from the environment or `.env`."""

    model_config = SettingsConfigDict(
        env_file=".env", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
    )

    database_url: str = "sqlite+aiosqlite:///milepost.db"
