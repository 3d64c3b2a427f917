"""Starting an assessment, in every way there is, and its board."""

from __future__ import annotations

from datetime import date

from bot.delivery.slack.apps import AppList
from bot.sandbox.client.client import Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, WITHOUT_BOT_CHANNEL
from model.assessment.assessment import AssessmentState, Kind
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, keyed, read


async def test_the_command_opens_a_form_that_is_filled_in(stage: Stage) -> None:
    await stage.open_start_form()
    view = await form(stage, stage.nia, "start")
    assert view.values["channel"]["channel"]["selected_conversation"] == stage.channel
    assert view.values["facilitators"]["facilitators"]["selected_users"] == [stage.nia.id]
    chosen = view.values["scope"]["scope"]["selected_options"]
    assert [option["value"] for option in chosen] == ["leadership", "data", "culture"]
    assert view.values["title"]["title"]["value"].startswith("Digital quality, ")


async def test_the_bare_command_opens_what_is_most_likely_needed(stage: Stage) -> None:
    await stage.nia.command(stage.channel, "/milepost")
    await form(stage, stage.nia, "start")
    await stage.nia.submit({})
    await stage.board()
    await stage.omar.command(stage.channel, "/milepost")
    assert "Where you are" in await stage.whisper(stage.omar, "not opened")


async def test_the_button_of_the_private_answer_starts_too(stage: Stage) -> None:
    await stage.omar.command(stage.channel, "/milepost status")
    await stage.whisper(stage.omar, "There is no assessment in this channel yet")
    answer = (await stage.slack.ephemerals(stage.omar.id))[-1]
    await stage.omar.press_ephemeral(answer.ts, "assessment.start")
    view = await form(stage, stage.omar, "start")
    assert view.values["channel"]["channel"]["selected_conversation"] == stage.channel
    await stage.omar.submit({})
    await stage.board()
    assert (await stage.assessment()).facilitators == (stage.omar.id,)


async def test_the_shortcut_asks_for_the_channel(stage: Stage) -> None:
    assert (await stage.nia.shortcut("start_assessment")).acknowledged
    view = await form(stage, stage.nia, "start")
    assert view.values.get("channel", {}).get("channel", {}).get("selected_conversation") is None
    await stage.nia.submit({"channel": PRIVATE_CHANNEL, "title": "Leaders first"})
    board = await stage.board(PRIVATE_CHANNEL)
    assert "Leaders first" in read(board)


async def test_a_start_from_a_direct_message_asks_for_the_channel(stage: Stage) -> None:
    channel, _ = await stage.nia.dm("hello")
    assert (await stage.nia.command(channel, "/milepost start")).acknowledged
    await form(stage, stage.nia, "start")
    await stage.nia.submit({"channel": stage.channel})
    await stage.board()
    assert "Started:" in await stage.whisper(stage.nia, "Started:")


async def test_everything_in_the_form_is_kept_and_shown(stage: Stage) -> None:
    assessment = await stage.start(
        "data",
        "leadership",
        title="Autumn, with friends",
        kind="peer",
        facilitators=[stage.omar.id, stage.grace.id],
        closing_date="2999-12-24",
    )
    assert assessment.kind is Kind.PEER
    assert assessment.scope == ("leadership", "data"), "the framework's order"
    assert assessment.facilitators == (stage.omar.id, stage.grace.id)
    assert assessment.closing_date == date(2999, 12, 24)
    text = read(await stage.board())
    for words in (
        "Autumn, with friends",
        "Small enough for a test.",
        "0 of 2 dimensions confirmed; under way",
        "*Leadership*: not opened",
        "*Data*: not opened",
        "Peer assessment",
        "Omar Shah and Grace Obi",
        "24 December 2999",
        "[Pause]",
        "[Cancel…]",
    ):
        assert words in text
    assert "Culture" not in text
    assert text.count("[Open]") == 2
    assert "[Close assessment]" not in text, "only when everything is confirmed"


async def test_settings_are_remembered_for_next_time(stage: Stage) -> None:
    await stage.start("culture", kind="independent", facilitators=[stage.nia.id, stage.grace.id])
    await press(stage, stage.nia, await stage.board(), "assessment.cancel")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    await stage.whisper(stage.nia, "Cancelled.")
    await stage.open_start_form(person=stage.omar)
    view = await form(stage, stage.omar, "start")
    assert [each["value"] for each in view.values["scope"]["scope"]["selected_options"]] == ["culture"]
    assert view.values["kind"]["kind"]["selected_option"]["value"] == "independent"
    assert view.values["facilitators"]["facilitators"]["selected_users"] == [stage.nia.id, stage.grace.id]


async def test_one_channel_has_one_assessment_at_a_time(running: Stage) -> None:
    await running.omar.command(running.channel, "/milepost start")
    text = await notice(running, running.omar, "already an assessment under way")
    assert "How are we doing?" in text and "Finish or cancel it" in text
    elsewhere = await running.start(channel=PRIVATE_CHANNEL, title="Another place")
    assert elsewhere.state is AssessmentState.RUNNING


async def test_of_two_who_start_at_once_one_is_told(stage: Stage) -> None:
    await stage.open_start_form(person=stage.nia)
    await stage.open_start_form(person=stage.omar)
    await stage.nia.submit({"title": "First"})
    outcome = await stage.omar.submit({"title": "Second"})
    assert outcome.response_action == "update"
    text = await notice(stage, stage.omar, "already an assessment under way")
    assert "First" in text
    assert "Second" in text, "their words are given back"
    assert len(keyed(await stage.still(), stage.channel, "board:")) == 1


async def test_a_form_with_faults_names_them_and_stays(stage: Stage) -> None:
    await stage.open_start_form()
    outcome = await stage.nia.submit({"title": "   "})
    assert outcome.errors == {"title": "Please give the assessment a title."}
    outcome = await stage.nia.submit({"title": "Good", "closing_date": "2001-01-01"})
    assert outcome.errors == {"closing_date": "This date has passed. Please choose today or later."}
    outcome = await stage.nia.submit({"closing_date": "2999-01-01"})
    assert outcome.response_action is None
    assert "Good" in read(await stage.board())


async def test_a_start_where_the_bot_is_not_in_the_channel_waits_for_the_invitation(stage: Stage) -> None:
    await stage.open_start_form()
    assert (await stage.nia.submit({"channel": WITHOUT_BOT_CHANNEL})).response_action is None
    told = await _direct(stage, "I am not in it")
    assert f"<#{WITHOUT_BOT_CHANNEL}>" in told and "/invite" in told
    await stage.slack.invite_bot(WITHOUT_BOT_CHANNEL)
    assert "0 of 3 dimensions confirmed" in read(await stage.board(WITHOUT_BOT_CHANNEL))


async def test_a_start_in_an_archived_channel_waits_until_it_is_back(stage: Stage) -> None:
    await stage.open_start_form()
    await stage.slack.archive(stage.channel)
    assert (await stage.nia.submit({})).response_action is None
    assert f"<#{stage.channel}>" in await _direct(stage, "it is archived")
    await stage.slack.unarchive(stage.channel)
    assert "0 of 3 dimensions confirmed" in read(await stage.board())


async def test_somebody_can_start_for_other_facilitators(stage: Stage) -> None:
    await stage.open_start_form(person=stage.omar)
    assert (await stage.omar.submit({"facilitators": [stage.nia.id]})).response_action is None
    assert "facilitated by Nia Pryce" in read(await stage.board())
    assert "Started:" in await stage.whisper(stage.omar, "Started:")


async def _direct(stage: Stage, words: str) -> str:
    """Wait for a direct message of the bot to Nia that says these words."""
    channel, _ = await stage.nia.dm("Hello?")

    def saying(seen: Seen) -> list[str]:
        return [read(m) for m in seen.messages(channel) if words in read(m)]

    return saying(await stage.slack.until(saying))[-1]


async def test_nobody_starts_what_nobody_could_lead(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.slack.deactivate(stage.ana.id)
    await stage.open_start_form()
    outcome = await stage.nia.submit({"facilitators": [stage.nia.id, stage.runtime.identity.bot_user_id]})
    assert "Milepost” is an app" in outcome.errors["facilitators"]
    outcome = await stage.nia.submit({"facilitators": [stage.nia.id, stage.ana.id]})
    assert "account of “Ana Reis” is deactivated" in outcome.errors["facilitators"]
    await stage.omar.leave(stage.channel)
    outcome = await stage.nia.submit({"facilitators": [stage.omar.id]})
    assert outcome.errors["facilitators"].startswith("None of them is in that channel")
    outcome = await stage.nia.submit({"facilitators": [stage.omar.id, stage.nia.id]})
    assert outcome.response_action is None, outcome
    assert f"<@{stage.omar.id}> is not in this channel yet" in await stage.whisper(stage.nia, "Started:")
    await press(stage, stage.nia, await stage.board(), "roster.people")
    await form(stage, stage.nia, "people")
    outcome = await stage.nia.submit({"people": [stage.grace.id, stage.ana.id], "role": "assessor"})
    assert outcome.errors == {
        "people": "The Slack account of “Ana Reis” is deactivated. Please choose somebody else."
    }
    stage.runtime.bot.people.forget(stage.runtime.identity.workspace_id, stage.ana.id)
    await stage.slack.fault("api_error", "users.info", times=9)
    outcome = await stage.nia.submit({"people": [stage.grace.id, stage.ana.id]})
    assert outcome.response_action is None, outcome
    accounts = AppList(stage.runtime.bot.people, stage.runtime.bot.slack_of)
    assert await accounts.name_of_deactivated("T0REMOVED", stage.ana.id) is None, "nobody can be asked there"
