"""What is wrong with a content's files: faults with their file and line, and the errors that carry them."""

from collections.abc import Iterable
from dataclasses import dataclass

from model.errors import ModelError


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with a framework or a library.

    Attributes:
        file: The name of the file, as it was given.
        line: The line, counted from 1.
        sentence: What is wrong and what to do.
    """

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Write the fault the way compilers do, so that editors can jump to it."""
        return f"{self.file}:{self.line}: {self.sentence}"


class ContentFaults(ModelError):
    """Content cannot be used; `faults` holds everything that is wrong, by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in order, each once."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


class FrameworkFaults(ContentFaults):
    """A framework cannot be used."""


class LibraryFaults(ContentFaults):
    """An actions library cannot be used."""
