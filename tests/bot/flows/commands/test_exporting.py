"""Everything that is kept of an assessment, for its facilitators, in a direct message."""

from __future__ import annotations

import json

from bot.sandbox.client.client import Message
from tests.bot.flows.assessment.together_mode import together
from tests.bot.stage import Stage, key_of, read


async def _sent(stage: Stage) -> tuple[Message, dict[str, list[dict[str, object]]]]:
    """The note that Nia got, and what is in its file."""
    channel = stage.sandbox.workspace.dm_with(stage.nia.id).id
    seen = await stage.slack.until(lambda seen: [m for m in seen.messages(channel) if m.files])
    note = next(m for m in seen.messages(channel) if key_of(m).startswith("export:"))
    [file] = [each for each in stage.sandbox.workspace.files.everything() if each.name == "assessment.json"]
    assert file.content is not None
    return note, json.loads(file.content)


async def test_a_facilitator_gets_everything_and_hidden_votes_stay_hidden(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.whisper(stage.omar, "Recorded")
    await stage.omar.command(stage.channel, "/milepost export")
    assert f"<@{stage.nia.id}>" in await stage.whisper(stage.omar, "Only a facilitator")
    await stage.nia.command(stage.channel, "/milepost export")
    await stage.whisper(stage.nia, "Sent to you in a direct message")
    note, records = await _sent(stage)
    assert "Everything that Milepost keeps of *Together*" in read(note)
    assert records["assessment"][0]["title"] == "Together"
    assert [(vote["person"], vote["level"]) for vote in records["vote"]] == [
        (stage.omar.id, "hidden until the reveal")
    ]
    assert {row["person"] for row in records["participant"]} == {stage.nia.id, stage.omar.id, stage.grace.id}


async def test_when_slack_takes_no_file_it_is_said(stage: Stage) -> None:
    await together(stage, stage.omar)
    await stage.slack.fault("api_error", "files.getUploadURLExternal", error="file_upload_size_restricted")
    await stage.nia.command(stage.channel, "/milepost export")
    await stage.whisper(stage.nia, "Slack did not take the files just now")
