"""What a message says: text, blocks, attachments and metadata, checked as Slack checks them."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.block_kit import MESSAGE_BLOCKS_CHARACTERS, check_message_blocks
from bot.sandbox.block_kit.faces import size_of
from bot.sandbox.block_kit.given_ids import with_ids
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.workspace.mentions import all_pings
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace

TEXT_CUT = 40_000
MARKDOWN = 12_000
ATTACHMENTS = 100


@dataclass(frozen=True)
class Content:
    """A message's content, ready to be kept. None means that the call did not speak of it."""

    text: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    metadata: Json | None
    linked: bool

    def pings(self) -> tuple[str, ...]:
        """Return whom this content calls."""
        blocks = [*(self.blocks or []), *(self.attachments or [])]
        return all_pings(self.text or "", blocks, linked=self.linked)


def read_content(slack: Workspace, args: Arguments) -> Content:
    """Read and check a message's content.

    Raises:
        SlackRefusal: `no_text`, `invalid_blocks`, `invalid_blocks_format`, `msg_blocks_too_long`,
            `markdown_text_conflict`, `too_many_attachments` or one about the metadata.
    """
    text = args.text("text") if args.has("text") else None
    blocks = read_blocks(slack, args)
    attachments = _attachments(slack, args)
    if args.text("markdown_text"):
        if text is not None or blocks is not None:
            raise SlackRefusal("markdown_text_conflict")
        text = args.text("markdown_text")
        if len(text) > MARKDOWN:
            raise SlackRefusal("msg_too_long")
    if not text and not blocks and not attachments:
        raise SlackRefusal("no_text")
    linked = args.flag("link_names") or args.text("parse") == "full"
    return Content(text, blocks, attachments, _metadata(slack, args), linked)


def read_blocks(slack: Workspace, args: Arguments) -> list[Json] | None:
    """Read and check `blocks`; None when there are none in the call."""
    blocks = args.value("blocks", "invalid_blocks_format")
    if blocks is None or blocks == "":
        return None
    if not isinstance(blocks, list):
        raise SlackRefusal("invalid_blocks_format")
    return checked_blocks(slack, blocks)


def checked_blocks(slack: Workspace, blocks: list[Any], at: str = "/blocks") -> list[Json]:
    """Return a message's blocks with the ids that Slack adds.

    Raises:
        SlackRefusal: `invalid_blocks` with every fault, or `msg_blocks_too_long`.
    """
    problems = [str(problem) for problem in check_message_blocks(blocks, at)]
    if problems:
        raise SlackRefusal("invalid_blocks", messages=problems, errors=problems)
    if size_of(blocks) > MESSAGE_BLOCKS_CHARACTERS:
        raise SlackRefusal("msg_blocks_too_long")
    return with_ids(slack, blocks)


def _attachments(slack: Workspace, args: Arguments) -> list[Json] | None:
    attachments = args.value("attachments", "invalid_attachments")
    if attachments is None or attachments == "":
        return None
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackRefusal("invalid_attachments")
    if len(attachments) > ATTACHMENTS:
        raise SlackRefusal("too_many_attachments")
    for number, attachment in enumerate(attachments):
        if isinstance(attachment.get("blocks"), list):
            checked_blocks(slack, attachment["blocks"], f"/attachments/{number}/blocks")
    return attachments


def _metadata(slack: Workspace, args: Arguments) -> Json | None:
    metadata = args.value("metadata", "invalid_metadata_format")
    if metadata is None or metadata == "":
        return None
    if not isinstance(metadata, dict):
        raise SlackRefusal("invalid_metadata_format")
    if not metadata:
        return {}
    if not set(metadata) <= {"event_type", "event_payload", "entities"}:
        raise SlackRefusal("invalid_metadata_schema")
    if not isinstance(metadata.get("event_type"), str) or not metadata["event_type"]:
        raise SlackRefusal("invalid_metadata_format")
    if not isinstance(metadata.get("event_payload"), dict):
        raise SlackRefusal("invalid_metadata_format")
    if size_of(metadata) > slack.rules.metadata_characters:
        raise SlackRefusal("metadata_too_large")
    return metadata
