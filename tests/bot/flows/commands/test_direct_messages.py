"""Words written to Milepost alone: the same as in a channel, about what is under way there."""

from __future__ import annotations

from bot.sandbox.client.client import PersonHandle, Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from model.assessment.assessment import AssessmentState
from tests.bot.flows.small import form
from tests.bot.stage import Stage, read


async def _answer(stage: Stage, person: PersonHandle, text: str, words: str) -> str:
    """Write to the bot and wait for an answer that says these words."""
    channel, ts = await person.dm(text)

    def saying(seen: Seen) -> list[str]:
        after = [m for m in seen.messages(channel) if m.by_bot and float(m.ts) > float(ts)]
        return [read(m) for m in after if words in read(m)]

    return saying(await stage.slack.until(saying))[-1]


async def test_status_pause_and_resume_by_word(running: Stage) -> None:
    assert "How are we doing?" in await _answer(running, running.nia, "Status?", "Where you are")
    await _answer(running, running.nia, "pause", "Paused.")
    assert (await running.assessment()).state is AssessmentState.PAUSED
    assert f"<@{running.nia.id}>" in await _answer(running, running.omar, "resume", "Only a facilitator")
    await _answer(running, running.nia, "resume", "Carrying on.")
    await _answer(running, running.omar, "scores", "no level yet")


async def test_help_start_and_words_that_mean_nothing(stage: Stage) -> None:
    await _answer(stage, stage.omar, "help", "begin an assessment in this channel")
    await _answer(stage, stage.omar, "resme", "Did you mean */milepost resume*?")
    await _answer(stage, stage.omar, "why", "Efficiency")
    told = await _answer(stage, stage.omar, "hello", "does not know “hello”")
    assert told.count("help") == 1, "it is not told twice"
    await _answer(stage, stage.omar, "status", "No channel that you are in has an assessment")
    channel, _ = await stage.omar.dm("start")
    seen = await stage.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "Press Start" in read(m)]
    )
    offered = next(m for m in seen.messages(channel) if "Press Start" in read(m))
    assert (await stage.omar.press(channel, offered.ts, "assessment.start")).acknowledged
    await form(stage, stage.omar, "start")


async def test_of_several_the_title_decides_and_a_private_one_is_not_shown_to_others(running: Stage) -> None:
    await running.start("culture", channel=PRIVATE_CHANNEL, title="Leadership only")
    asked = await _answer(running, running.nia, "status", "Several assessments are under way")
    assert "Leadership only" in asked and f"<#{PRIVATE_CHANNEL}>" in asked
    assert "Leadership only" in await _answer(running, running.nia, "status LEADERSHIP", "Where you are")
    told = await _answer(
        running, running.ana, "pause leadership", "No assessment called “leadership” could be"
    )
    assert "How are we doing?" in told and "Leadership only" not in told
    await running.nia.command(running.channel, "/milepost pause Leadership")
    assert "only in" not in await running.whisper(running.nia, "No assessment called “Leadership” could be")
    assert (await running.assessment()).state is AssessmentState.RUNNING


async def test_words_after_the_title_are_kept(running: Stage) -> None:
    await _answer(running, running.nia, "whatif data 4", "Data* were at *4")
    # The command does the same there, and opens a form at once.
    conversation, _ = await running.nia.dm("Thanks")
    await running.nia.command(conversation, "/milepost propose Ask Around")
    assert "Ask Around" in str((await form(running, running.nia, "propose")).values)
    await running.nia.command(conversation, "/milepost targets")
    await form(running, running.nia, "targets")
    await running.nia.command(conversation, "/milepost suggest")
    await running.whisper(running.nia, "no targets")
    await running.nia.command(conversation, "/milepost")
    await running.whisper(running.nia, "Where you are")
    await running.start("culture", channel=PRIVATE_CHANNEL, title="Leadership only")
    await _answer(running, running.nia, "whatif data 4", "Several assessments are under way")
    # Slack gives three seconds for a form, so that it opens before it is known which one it is about.
    before = (await running.still()).calls("views.open")
    await running.nia.command(conversation, "/milepost targets")
    await running.whisper(running.nia, "Several assessments are under way")
    assert (await running.still()).calls("views.open") == before + 1
    await _answer(running, running.nia, "whatif leadership ONLY culture 4", "Culture* were at *4")
    await _answer(running, running.nia, "whatif how are we", "Ask with a dimension")


async def test_cancel_asks_first(running: Stage) -> None:
    channel, _ = await running.nia.dm("cancel")
    seen = await running.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "without results?" in read(m)]
    )
    offered = next(m for m in seen.messages(channel) if "without results?" in read(m))
    assert (await running.assessment()).state is AssessmentState.RUNNING
    await running.nia.press(channel, offered.ts, "assessment.cancel")
    await form(running, running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by Nia Pryce")
    # What is over can be read and handed out, and nothing else.
    await _answer(running, running.nia, "scores how are we", "no level yet")
    await _answer(running, running.nia, "export", "Everything that Milepost keeps of")
    await _answer(running, running.nia, "pause", "No channel that you are in has an assessment under way")
