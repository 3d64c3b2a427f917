"""What can go wrong in the storage, as errors that say what to do."""

from __future__ import annotations


class StorageError(Exception):
    """Something went wrong in the storage. Its text never holds what people wrote, nor a secret."""


class DatabaseProblem(StorageError):
    """The database cannot be used as it is; the text is a sentence for the operator."""


class StorageUnavailable(StorageError):
    """The database did not answer in time or the connection broke; the same call may be tried again."""


class ConstraintBroken(StorageError):
    """A write broke a rule of the tables.

    Attributes:
        constraint: The name of the rule, such as `ck_vote_level`; empty where the database does not tell.
    """

    def __init__(self, constraint: str) -> None:
        """Word the error around the name of the rule."""
        self.constraint = constraint
        super().__init__(f"A write broke the rule {constraint or 'of a foreign key'}.")


class AlreadyUnderWay(StorageError):
    """The channel has a running or paused assessment already.

    Attributes:
        channel_id: The channel.
    """

    def __init__(self, channel_id: str) -> None:
        """Name the channel."""
        self.channel_id = channel_id
        super().__init__(f"An assessment is under way in {channel_id} already.")
