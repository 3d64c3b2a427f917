"""The lock that keeps a second Milepost away from a SQLite file."""

from __future__ import annotations

import errno
import fcntl
import os
from pathlib import Path

from storage.engine.errors import DatabaseProblem


class LockFile:
    """An exclusive lock on `<file>.lock`, which the system releases when the process ends, however it ends.

    The file stays behind on purpose: removing it would let two processes lock two files of one name.
    """

    def __init__(self, database: Path) -> None:
        """Name the lock after the database file; nothing is locked yet."""
        self._database = database
        self._path = database.with_name(database.name + ".lock")
        self._descriptor: int | None = None

    def take(self) -> None:
        """Lock, without waiting.

        Raises:
            DatabaseProblem: Another process has the lock, or the folder cannot be written to.
        """
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise DatabaseProblem(_cannot_write(self._path, error)) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.truncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
        except OSError as error:
            holder = _holder(descriptor)
            os.close(descriptor)
            if error.errno in {errno.EWOULDBLOCK, errno.EACCES}:
                raise DatabaseProblem(
                    f"{self._database} is already in use by another Milepost{holder}. "
                    "Stop it first, or give this one another DATABASE_URL."
                ) from None
            raise DatabaseProblem(_cannot_write(self._path, error)) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Unlock; does nothing when not locked."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def _holder(descriptor: int) -> str:
    written = os.pread(descriptor, 20, 0).strip()
    return f" (process {int(written)})" if written.isdigit() else ""


def _cannot_write(path: Path, error: OSError) -> str:
    reasons = {
        errno.EACCES: "this account may not write there",
        errno.EPERM: "this account may not write there",
        errno.EROFS: "the disk is read-only",
        errno.ENOSPC: "the disk is full",
        errno.EDQUOT: "the disk quota is used up",
        errno.ENOENT: "the folder does not exist",
        errno.ENOTDIR: "part of the path is a file, not a folder",
        errno.EISDIR: "a folder of that name is in the way",
        errno.ENAMETOOLONG: "the name is too long",
        errno.ENOLCK: "the disk does not support locks, as some network disks do not",
        errno.ENOTSUP: "the disk does not support locks, as some network disks do not",
    }
    reason = reasons.get(error.errno or 0, "the system refused it")
    return f"Milepost cannot write {path}: {reason}. Put that right, or set DATABASE_URL to another place."
