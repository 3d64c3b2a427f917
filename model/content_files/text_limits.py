"""The kinds of text a framework holds, and how long each may be.

The limits keep every card, button and modal of the bot inside what Slack accepts (3,000 characters a text
object, 75 a button or an option, 150 a header; docs.slack.dev/reference/block-kit), with room for what the
bot writes around them.
"""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

NAME_LIMIT = 60
LEVEL_NAME_LIMIT = 24
QUESTION_LIMIT = 300
DESCRIPTOR_LIMIT = 280
SUMMARY_LIMIT = 400
WHY_LIMIT = 600
EXAMPLE_LIMIT = 200
STORY_LIMIT = 300
PARAGRAPH_LIMIT = 1000
TITLE_LIMIT = 75
"""The text of a button, and of an option in a menu."""
SOURCE_LIMIT = 120
VERSION_LIMIT = 40
CARD_LIMIT = 2600
"""Characters that the question and the five descriptors of one prompt may take together on a card."""
SECTION_LIMIT = 2800
"""Characters that a list may take, so that it fits one section of 3,000 with a heading."""
LIST_LIMIT = 10
DIMENSION_LIMIT = 24
"""Dimensions of a framework: the board has a line and a button for each, and must fit one message."""
PROMPT_LIMIT = 20
"""Prompts of a dimension: they are asked one after another in one thread, by people with other work to do."""

ID_PATTERN = r"^[a-z][a-z0-9-]{1,39}$"
PROMPT_ID_PATTERN = r"^[a-z][a-z0-9-]{1,59}$"
WEEKS_LIMIT = 104
WEIGHT_LIMIT = 100
WEIGHT_PLACES = 3


def one_paragraph(value: object) -> object:
    """Join the lines of a text and drop doubled spaces, so that folded YAML reads as one paragraph."""
    return " ".join(value.split()) if isinstance(value, str) else value


def _readable(value: str) -> str:
    """Refuse control characters and texts in which nothing can be seen.

    Raises:
        PydanticCustomError: `unreadable_text`, with a sentence.
    """
    categories = {unicodedata.category(character) for character in value}
    if categories & {"Cc", "Cs"}:
        raise PydanticCustomError("unreadable_text", "holds a control character; type the text again")
    if value and not any(category[0] in "LNPS" for category in categories):
        raise PydanticCustomError("unreadable_text", "is empty: it holds only spaces or invisible characters")
    return value


def slack_length(text: str) -> int:
    """Count the characters a text takes in Slack, where `&` is `&amp;`, `<` is `&lt;` and `>` is `&gt;`.

    Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text".
    """
    return len(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def _plain_weight(value: Decimal) -> Decimal:
    """Write equal weights equally (1, 1.0 and 1.00 are 1), so that they give the same content hash."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def section_length(entries: Sequence[str]) -> int:
    """Count the characters that a list takes in Slack, with a bullet and a line break for each entry."""
    return sum(slack_length(entry) + 3 for entry in entries)


def fits_a_section(entries: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse a list that would not fit one section.

    Raises:
        PydanticCustomError: `section_too_long`, with a sentence.
    """
    taken = section_length(entries)
    if taken > SECTION_LIMIT:
        raise PydanticCustomError(
            "section_too_long",
            "takes {taken} characters as a list, counted as Slack does (& as 5, < and > as 4); the limit is "
            "{limit}",
            {"taken": taken, "limit": SECTION_LIMIT},
        )
    return entries


def _none_or_five(descriptors: tuple[str, ...]) -> tuple[str, ...]:
    """Refuse some descriptors without the others.

    Raises:
        PydanticCustomError: `not_five`.
    """
    if 0 < len(descriptors) < 5:
        raise PydanticCustomError("not_five", "has too few entries")
    return descriptors


_PARAGRAPH = (BeforeValidator(one_paragraph), AfterValidator(_readable))

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
PromptId = Annotated[str, StringConstraints(pattern=PROMPT_ID_PATTERN)]
Name = Annotated[str, StringConstraints(min_length=1, max_length=NAME_LIMIT), *_PARAGRAPH]
LevelName = Annotated[str, StringConstraints(min_length=1, max_length=LEVEL_NAME_LIMIT), *_PARAGRAPH]
Version = Annotated[str, StringConstraints(min_length=1, max_length=VERSION_LIMIT), *_PARAGRAPH]
Question = Annotated[str, StringConstraints(min_length=1, max_length=QUESTION_LIMIT), *_PARAGRAPH]
Descriptor = Annotated[str, StringConstraints(min_length=1, max_length=DESCRIPTOR_LIMIT), *_PARAGRAPH]
Summary = Annotated[str, StringConstraints(min_length=1, max_length=SUMMARY_LIMIT), *_PARAGRAPH]
Why = Annotated[str, StringConstraints(min_length=1, max_length=WHY_LIMIT), *_PARAGRAPH]
Example = Annotated[str, StringConstraints(min_length=1, max_length=EXAMPLE_LIMIT), *_PARAGRAPH]
Story = Annotated[str, StringConstraints(min_length=1, max_length=STORY_LIMIT), *_PARAGRAPH]
Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=PARAGRAPH_LIMIT), *_PARAGRAPH]
Title = Annotated[str, StringConstraints(min_length=1, max_length=TITLE_LIMIT), *_PARAGRAPH]
Source = Annotated[str, StringConstraints(min_length=1, max_length=SOURCE_LIMIT), *_PARAGRAPH]
Examples = Annotated[tuple[Example, ...], Field(max_length=LIST_LIMIT), AfterValidator(fits_a_section)]
"""A list that is shown as one section of a modal."""
Paragraphs = Annotated[
    tuple[Paragraph, ...], Field(min_length=1, max_length=LIST_LIMIT), AfterValidator(fits_a_section)
]
"""A text of several paragraphs that is shown as one section of a modal."""
FiveOrNone = Annotated[tuple[Descriptor, ...], Field(max_length=5), AfterValidator(_none_or_five)]
"""One descriptor for each level, or none at all."""
Weight = Annotated[
    Decimal, Field(gt=0, le=WEIGHT_LIMIT, decimal_places=WEIGHT_PLACES), AfterValidator(_plain_weight)
]
