"""A second team in a channel of its own: invited, kept apart, compared at the end, and a level agreed."""

from __future__ import annotations

from datetime import timedelta

from bot.sandbox.workspace.world import PRIVATE_CHANNEL, WITHOUT_BOT_CHANNEL
from bot.services.assessment.finding import find_assessment
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Kind, Role
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import AddEvidence, AddPeople, OpenDimension, RecordLevel
from tests.bot.flows.payloads import option_state, press_payload, submission_payload, text_state
from tests.bot.flows.second_team.two_teams import TwoTeams, open_invitation, start_first, two_teams, wish
from tests.bot.flows.small import dispatch, form, notice, press
from tests.bot.stage import Stage, keyed, read


async def evidence(teams: TwoTeams, id_: str, lead: str, prompt: str, text: str, link: str = "") -> None:
    person = teams.stage.slack.person(lead)
    await teams.steps(id_, person, AddEvidence(prompt, f"E{prompt}", text, link))


async def test_two_channels_from_the_invitation_to_the_agreed_level(stage: Stage) -> None:
    teams = await two_teams(stage, "data", "culture", channel=PRIVATE_CHANNEL)
    second = await teams.second()
    assert (second.kind, second.facilitators, second.closing_date) == (Kind.PEER, (stage.grace.id,), None)
    await teams.steps(teams.first_id, stage.nia, OpenDimension("data"))
    await teams.steps(teams.second_id, stage.grace, OpenDimension("data"))
    await evidence(
        teams, teams.first_id, stage.omar.id, "data-1", "The register of *ours*", "https://a.example/r"
    )
    await evidence(teams, teams.second_id, stage.grace.id, "data-1", "Half of it was empty <!channel>")
    await teams.steps(teams.first_id, stage.omar, RecordLevel("data-1", 4))
    await teams.reads(teams.first_id, "prompt", "data-1", "*4 Mainstreamed*, agreed")
    here = [read(each) for each in (await stage.still()).messages(PRIVATE_CHANNEL)]
    assert not [each for each in here if "Mainstreamed*, agreed" in each or "register of" in each]
    await teams.finish({"data": 4, "culture": 3}, {"data": 2, "culture": 3})
    for id_ in (teams.first_id, teams.second_id):
        text = read(await teams.message(id_, "comparison"))
        assert "first team 4 Mainstreamed, Visitors 2 Developing, Visitors is 2 levels lower" in text
    await compare_question_by_question(teams)
    await agree_a_level(teams)
    seen = await stage.still()
    assert [len(keyed(seen, where, "comparison:")) for where in (stage.channel, PRIVATE_CHANNEL)] == [1, 1]


async def compare_question_by_question(teams: TwoTeams) -> None:
    stage = teams.stage
    await teams.press(teams.second_id, stage.omar, "pair.compare", "comparison")
    text = (await form(stage, stage.omar, "comparison")).readable
    assert text.index("Data, asked as number 1?") < text.index("Culture, asked as number 1?")
    assert "First team: *4 Mainstreamed* · Visitors: *2 Developing* · Visitors is 2 levels lower" in text
    assert f"First team: evidence from <@{stage.omar.id}> · <https://a.example/r|open the link>" in text
    assert "The register of *ours*" in text and "Half of it was empty" in text
    assert "Visitors: no evidence." in text


async def agree_a_level(teams: TwoTeams) -> None:
    stage = teams.stage
    value = Reference(assessment=teams.second_id, dimension="data").encode()
    await teams.press(teams.second_id, stage.omar, "pair.moderate", "comparison", value=value)
    await notice(stage, stage.omar, "Only a facilitator of either team can do this")
    await teams.press(teams.second_id, stage.grace, "pair.moderate", "comparison", value=value)
    await form(stage, stage.grace, "moderate")
    outcome = await stage.grace.submit({"level": "3", "reason": " "})
    assert outcome.errors is not None and "reason" in outcome.errors
    await stage.grace.submit({"level": "3", "reason": "The half that is there is good."})
    await stage.whisper(stage.grace, "*3 Impactful* as the moderated level of Data")
    for id_ in (teams.first_id, teams.second_id):
        text = read(await teams.reads(id_, "comparison", "", "moderated 3 Impactful by Grace Obi"))
        assert "Reason: The half that is there is good." in text
        assert "Moderated: *3 Impactful* overall (score 3.0). Weakest: Data and Culture." in text
        history = await _history(teams, id_)
        assert [(e.what, e.by, e.level_after) for e in history][-1] == (Happened.MODERATED, stage.grace.id, 3)
    value = Reference(assessment=teams.first_id, dimension="data").encode()
    await teams.press(teams.first_id, stage.nia, "pair.moderate", "comparison", value=value)
    await form(stage, stage.nia, "moderate")
    await stage.nia.submit({"level": "withdrawn", "reason": "We look again."})
    await stage.whisper(stage.nia, "Data has no moderated level now")
    assert (await teams.second()).dimension("data").moderation is None


async def _history(teams: TwoTeams, id_: str) -> list[HistoryEntry]:
    async with teams.stage.runtime.bot.database.reading(teams.stage.runtime.identity.workspace_id) as work:
        return await work.assessments.history(id_)


async def test_compare_is_for_facilitators_until_both_are_done(stage: Stage) -> None:
    teams = await two_teams(stage, "data", "culture", channel=PRIVATE_CHANNEL)
    value = Reference(assessment=teams.first_id).encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "pair.compare", value))
    await notice(stage, stage.nia, "There is nothing to compare yet")
    for id_, lead in ((teams.first_id, stage.nia), (teams.second_id, stage.grace)):
        await teams.steps(id_, lead, OpenDimension("data"))
    await teams.steps(teams.first_id, stage.omar, RecordLevel("data-1", 2), RecordLevel("data-2", 2))
    board = read(await teams.message(teams.first_id, "board"))
    assert "Compare" not in board, "nothing of the second team is known before it has agreed something"
    await teams.steps(teams.second_id, stage.ana, RecordLevel("data-1", 5))
    await teams.reads(teams.first_id, "board", "", "[Compare…]")
    await teams.press(teams.first_id, stage.omar, "pair.compare", "board")
    await notice(stage, stage.omar, "Only a facilitator can do this")
    await teams.press(teams.first_id, stage.nia, "pair.compare", "board")
    text = (await form(stage, stage.nia, "comparison")).readable
    assert "Provisional: only what both teams have agreed is here, 1 of 3 questions so far." in text
    assert "Data, asked as number 1?" in text and "number 2?" not in text


async def test_only_a_facilitator_invites_and_only_once(stage: Stage) -> None:
    await start_first(stage, "data")
    await press(stage, stage.omar, await stage.board(), "pair.invite")
    await notice(stage, stage.omar, "Only a facilitator can do this")
    await open_invitation(stage)
    stale = submission_payload(
        stage,
        stage.nia.id,
        "invite_team",
        Reference(assessment=(await stage.assessment()).id).encode(),
        {
            "team": text_state("More"),
            "kind": option_state("independent"),
            "channel": {"type": "conversations_select", "selected_conversation": stage.channel},
            "facilitators": {"type": "multi_users_select", "selected_users": [stage.grace.id]},
        },
    )
    await stage.nia.submit(wish(PRIVATE_CHANNEL, facilitators=[stage.grace.id]))
    await stage.whisper(stage.nia, "Invited: *Visitors*")
    await stage.slack.redeliver_last()
    answer = await dispatch(stage, stale)
    assert "There is a second team already: “Visitors”" in str(answer)
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        assert len(await work.assessments.running()) == 2


async def test_what_stands_in_the_way_is_said_at_its_field(stage: Stage) -> None:
    await start_first(stage, "data", "culture")
    await stage.start("culture", channel=PRIVATE_CHANNEL, title="A secret of the leaders")
    yesterday = (stage.runtime.bot.today() - timedelta(days=1)).isoformat()
    leads = {"facilitators": [stage.grace.id]}
    for given, field, words in (
        (wish(stage.channel, team=" ", **leads), "team", "give the second team a name"),
        (wish(stage.channel, closing_date=yesterday, **leads), "closing_date", "This date has passed"),
        (wish(PRIVATE_CHANNEL, **leads), "channel", "There is an assessment under way in that channel"),
        (
            wish(PRIVATE_CHANNEL, facilitators=[stage.ana.id]),
            "facilitators",
            "None of them is in that channel",
        ),
    ):
        await open_invitation(stage)
        outcome = await stage.nia.submit(given)
        assert outcome.errors is not None and words in outcome.errors[field], outcome
        assert "secret" not in str(outcome.errors)
        await stage.nia.close_modal()
    await stage.open("culture")
    await stage.press_level("culture-1", 3, stage.omar)
    await stage.until_reads((await stage.card("prompt", "culture-1")).ts, "agreed: the only vote")
    await open_invitation(stage)
    outcome = await stage.nia.submit(wish(stage.channel, **leads))
    assert outcome.errors is not None and "shown in this channel already" in outcome.errors["channel"]


async def test_in_quick_mode_only_in_another_channel(stage: Stage) -> None:
    await start_first(stage, "culture", mode="quick")
    await open_invitation(stage)
    outcome = await stage.nia.submit(wish(stage.channel, facilitators=[stage.grace.id]))
    assert outcome.errors is not None and "This assessment is in quick mode" in outcome.errors["channel"]
    await stage.nia.submit(wish(PRIVATE_CHANNEL, kind="independent", facilitators=[stage.grace.id]))
    await stage.whisper(stage.nia, "Invited: *Visitors*")
    second = await stage.assessment(PRIVATE_CHANNEL)
    assert (second.kind, second.mode.value) == (Kind.INDEPENDENT, "quick")
    board = await stage.board(PRIVATE_CHANNEL)
    assert "Independent assessment" in read(board)
    value = Reference(assessment=second.id).encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "pair.invite", value))
    await notice(stage, stage.grace, "only the first team's can have one beside it")


async def test_a_channel_without_the_bot_gets_its_board_when_the_bot_comes(stage: Stage) -> None:
    await start_first(stage, "culture")
    await open_invitation(stage)
    tom = stage.slack.person("U0TOMHURST")
    await stage.nia.submit(wish(WITHOUT_BOT_CHANNEL, facilitators=[tom.id, stage.grace.id]))
    told = await stage.whisper(stage.nia, "Invited: *Visitors*")
    assert "I am not in <#" in told
    await stage.slack.invite_bot(WITHOUT_BOT_CHANNEL)
    assert "Ours – Visitors" in read(await stage.board(WITHOUT_BOT_CHANNEL))


async def test_a_finished_assessment_is_looked_at_by_a_second_team_later(stage: Stage) -> None:
    await start_first(stage, "culture")
    await stage.open("culture")
    await stage.press_level("culture-1", 3, stage.omar)
    await stage.confirm("culture")
    await press(stage, stage.nia, await stage.find("results:"), "assessment.close")
    board = await stage.until_reads((await stage.board()).ts, "closed by Nia Pryce")
    assert "[Invite a second team…]" in read(board)
    await open_invitation(stage)
    await stage.nia.submit(wish(PRIVATE_CHANNEL, facilitators=[stage.grace.id]))
    await stage.whisper(stage.nia, "Invited: *Visitors*")
    second = await stage.assessment(PRIVATE_CHANNEL)
    first = await stage.assessment()
    teams = TwoTeams(stage, first.id, second.id, PRIVATE_CHANNEL)
    await stage.restart()
    await teams.open(second.id, stage.grace, "culture")
    await teams.vote(second.id, stage.grace, "culture-1", 5)
    await teams.press(second.id, stage.grace, "prompt.reveal", "prompt", "culture-1")
    await teams.reads(second.id, "prompt", "culture-1", "Spread")
    await teams.press(second.id, stage.grace, "prompt.agree", "prompt", "culture-1")
    await teams.press(second.id, stage.grace, "level.confirm", "level", "culture")
    for id_ in (first.id, second.id):
        assert "Visitors is 2 levels higher" in read(await teams.message(id_, "comparison"))


async def test_when_one_of_two_that_were_compared_is_cancelled_the_comparison_says_so(stage: Stage) -> None:
    teams = await two_teams(stage, "culture", channel=PRIVATE_CHANNEL)
    await teams.finish({"culture": 3}, {"culture": 4})
    await teams.message(teams.second_id, "comparison")
    await teams.press(teams.first_id, stage.nia, "assessment.cancel", "board")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    for id_ in (teams.first_id, teams.second_id):
        await teams.reads(id_, "comparison", "", "no longer compared")
    value = Reference(assessment=teams.second_id).encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "pair.compare", value))
    await notice(stage, stage.grace, "There are not two teams to compare")


async def test_a_reopened_level_makes_the_comparison_provisional_again(stage: Stage) -> None:
    teams = await two_teams(stage, "data", "culture", channel=PRIVATE_CHANNEL)
    await teams.finish({"data": 3, "culture": 3}, {"data": 4, "culture": 4})
    message = await teams.message(teams.first_id, "comparison")
    await teams.press(teams.second_id, stage.grace, "prompt.reopen_agreed", "prompt", "culture-1")
    await form(stage, stage.grace, "reopen")
    await stage.grace.submit({"reason": "We forgot the depot."})
    text = read(await stage.until_reads(message.ts, "Provisional: only what both teams have agreed is here"))
    assert "*Culture*" not in text and "*Data*" in text


async def test_people_of_another_workspace_in_a_shared_channel_take_part(stage: Stage) -> None:
    """Slack names the workspace of the app as the team, and the presser's own beside the person."""
    teams = await two_teams(stage, "culture")
    await teams.open(teams.first_id, stage.nia, "culture")
    await teams.open(teams.second_id, stage.grace, "culture")
    value = Reference(assessment=teams.second_id, prompt="culture-1", level=3).encode()
    body = press_payload(stage, stage.ana.id, "prompt.level", value)
    body["user"]["team_id"] = "T0ELSEWHERE"
    await dispatch(stage, body)
    sent = submission_payload(
        stage,
        stage.ana.id,
        "evidence",
        Reference(assessment=teams.second_id, prompt="culture-1").encode(),
        {"evidence_text": text_state("Seen from outside.")},
    )
    sent["team"] = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
    sent["user"]["team_id"] = "T0ELSEWHERE"
    sent["view"] |= {"team_id": "T0ELSEWHERE", "app_installed_team_id": stage.runtime.identity.workspace_id}
    await dispatch(stage, sent)
    await stage.still()
    prompt = (await teams.second()).prompt("culture-1")
    assert [(each.person, each.level) for each in prompt.votes] == [(stage.ana.id, 3)]
    assert [each.author for each in prompt.evidence] == [stage.ana.id]


async def test_leaving_the_channel_of_one_team_leaves_the_other(stage: Stage) -> None:
    teams = await two_teams(stage, "culture", channel=PRIVATE_CHANNEL)
    await teams.steps(teams.first_id, stage.nia, AddPeople((stage.ana.id,), Role.OBSERVER))
    await stage.ana.leave(PRIVATE_CHANNEL)
    await stage.still()
    found = [
        await find_assessment(stage.runtime.bot.database, stage.runtime.identity.workspace_id, id_)
        for id_ in (teams.first_id, teams.second_id)
    ]
    assert [each.participant(stage.ana.id) is None for each in found] == [False, True]
