"""What somebody says to Milepost, the same whether by the slash command, a mention or a direct message."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.where_to_answer import Place
from bot.services.asking import Asked


@dataclass(frozen=True)
class Said:
    """A word, and where it was said.

    Attributes:
        word: The word that decides, as it is read; it need not be one that we know.
        more: The words after it, as typed.
        trigger_id: What lets a form open at once; empty where nothing does, and a button has to.
        direct: Whether it was said in a direct message, where no channel tells which assessment is meant.
    """

    asked: Asked
    place: Place
    word: str
    more: tuple[str, ...] = ()
    trigger_id: str = ""
    direct: bool = False

    @property
    def text(self) -> str:
        """The words after the first, with single spaces."""
        return " ".join(self.more)
