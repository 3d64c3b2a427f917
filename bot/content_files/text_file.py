"""Reading a text file that a person named, with a sentence for everything that can be wrong with it."""

from pathlib import Path

SIZE_LIMIT = 1_000_000
"""Bytes; a file for this program has some thousands."""


class UnreadableFile(Exception):
    """A file could not be read as text.

    Attributes:
        line: The line of the fault, counted from 1; 1 when it is about the whole file.
        sentence: What is wrong and what to do.
    """

    def __init__(self, sentence: str, line: int = 1) -> None:
        """Keep the line and the sentence."""
        self.line = line
        self.sentence = sentence
        super().__init__(sentence)


def read_text(path: Path) -> str:
    """Read a file as UTF-8 text, with or without a byte order mark.

    Raises:
        UnreadableFile: It is missing, no plain file, too large, not allowed, empty or not UTF-8.
    """
    try:
        if path.is_dir():
            raise UnreadableFile("This is a folder; name a file in it.")
        if path.exists() and not path.is_file():
            raise UnreadableFile("This is no plain file.")
        with path.open("rb") as file:
            content = file.read(SIZE_LIMIT + 1)
    except FileNotFoundError:
        raise UnreadableFile("There is no such file or folder. Check the path.") from None
    except PermissionError:
        raise UnreadableFile("This file may not be read. Check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = (
            error.strerror if isinstance(error, OSError) else "the name holds a character no name can have"
        )
        raise UnreadableFile(f"This file cannot be read ({reason}).") from None
    return decoded(content)


def decoded(content: bytes) -> str:
    """Decode the bytes of a text file.

    Raises:
        UnreadableFile: They are too many, none, or not UTF-8 text.
    """
    if len(content) > SIZE_LIMIT:
        raise UnreadableFile(
            f"This file is larger than {SIZE_LIMIT // 1_000_000} MB, so it is not what is wanted."
        )
    if b"\0" in content:
        raise UnreadableFile("This is no text file. Save it as plain text in UTF-8.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            "This file is not in UTF-8. Save it again with the encoding UTF-8.", line
        ) from None
    if not text.strip():
        raise UnreadableFile("This file is empty.")
    return text
