"""The Home tab: what waits for one person, and nothing of channels that they are not in."""

from __future__ import annotations

from bot.sandbox.client.client import PersonHandle, Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from model.assessment.assessment import Role
from model.assessment.steps import GiveLead
from tests.bot.delivery.outbox.test_dispatcher_what_people_do import step
from tests.bot.flows.assessment.together_mode import do, put_on_roster, together
from tests.bot.flows.plan.what_people_do import add_item, in_days, set_targets
from tests.bot.flows.small import form, press
from tests.bot.stage import Stage

NOTHING = "Nothing is waiting for you."


async def home(stage: Stage, person: PersonHandle, words: str) -> str:
    """Open the tab and wait until it says these words."""
    await stage.still()
    await person.open_home()
    return await reads(stage, person, words)


async def reads(stage: Stage, person: PersonHandle, words: str) -> str:
    """Wait until somebody's tab says these words, and return all of it."""

    def there(seen: Seen) -> str:
        view = seen.home(person.id)
        return view.readable if view is not None and words in view.readable else ""

    return there(await stage.slack.until(there))


async def test_for_somebody_with_nothing(stage: Stage) -> None:
    text = await home(stage, stage.omar, NOTHING)
    assert "[Start an assessment] [Reminders and days away…]" in text
    assert "Under way" not in text and "Latest results" not in text
    await stage.omar.home_press("assessment.start")
    await form(stage, stage.omar, "start")
    await stage.omar.close_modal()
    await stage.omar.home_press("settings.open")
    await form(stage, stage.omar, "settings")


async def test_votes_agreements_and_levels_wait_for_those_who_can(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace, dimension="culture")
    text = await home(stage, stage.omar, "*Your vote* (1)")
    assert "Culture, question 1 of 1 (Together): Culture, asked as number 1?" in text
    assert f"/p{card.ts.replace('.', '')}|Go to the question>" in text
    assert "Together: under way, 0 of 3 dimensions confirmed" in text and "|Go to the board>" in text
    assert NOTHING in await home(stage, stage.nia, "Together: under way"), "facilitators are not waited for"
    assert NOTHING in await home(stage, stage.ana, "Together: under way"), "who has not joined neither"
    await stage.press_level("culture-1", 2, stage.omar)
    await stage.press_level("culture-1", 4, stage.grace)
    assert "Your vote" not in await home(stage, stage.omar, NOTHING)
    assert "*Votes to agree a level from* (1)" in await home(stage, stage.nia, "|Go to the question>")
    await do(stage, stage.nia, "culture-1", "prompt.agree")
    text = await home(stage, stage.nia, "*Levels to confirm* (1)")
    assert "Culture (Together) · <" in text and "|Go to the level>" in text


async def test_dimensions_that_somebody_leads(running: Stage) -> None:
    await step(running, GiveLead("data", running.omar.id))
    await running.open("data")
    text = await home(running, running.omar, "*Dimensions you lead* (1)")
    assert "Data (How are we doing?): open, 0 of 2 questions answered" in text
    assert "|Go to the thread>" in text


async def test_a_private_channel_shows_only_to_its_people(stage: Stage) -> None:
    await stage.start("culture", channel=PRIVATE_CHANNEL, title="Leadership only")
    assert "Leadership only" in await home(stage, stage.nia, "*Under way* (1)")
    assert "Leadership only" not in await home(stage, stage.ana, NOTHING)
    bot = stage.runtime.bot
    bot.members.forget(stage.runtime.identity.workspace_id, PRIVATE_CHANNEL)
    await stage.slack.fault("http_error", "conversations.members", status=500, times=9)
    assert "Leadership only" not in await home(stage, stage.ana, NOTHING), "not even when Slack cannot tell"
    assert "Leadership only" in await home(stage, stage.nia, "*Under way* (1)"), "she is on its roster"


async def test_results_and_milestones(running: Stage) -> None:
    await put_on_roster(running, Role.FACILITATOR, running.grace)
    for dimension in ("leadership", "data", "culture"):
        await running.open(dimension)
        await running.answer(dimension, 3)
        await running.confirm(dimension)
    await press(running, running.nia, await running.find("results:"), "assessment.close")
    await running.until_reads((await running.board()).ts, "closed by")
    text = await home(running, running.omar, "*Latest results* (1)")
    assert "How are we doing?: Overall: 3 Impactful" in text and "|Go to the results>" in text
    day = in_days(running, 20)
    await set_targets(running, running.nia, data=4)
    milestones = f"{day.isoformat()} First list"
    await add_item(running, running.nia, "Mend the list", owners=[running.nia.id], milestones=milestones)
    text = await home(running, running.nia, "*Your milestones* (1)")
    assert NOTHING not in text, "a milestone waits too"
    assert f"{day.strftime('%-d %B %Y')}: First list, for Mend the list" in text
    await running.nia.home_press("plan.open_item")
    view = await form(running, running.nia, "item")
    assert "Mend the list" in view.readable
    await running.nia.modal_press("plan.edit_item", label="Edit…")
    await form(running, running.nia, "edit_item")
    await running.nia.submit({"item_title": "Mend the whole list"})
    # A press in a modal leaves the tab below it no less looked at.
    await reads(running, running.nia, "for Mend the whole list")
    running.sandbox.clock.advance(30 * 86_400)
    await home(running, running.nia, "(overdue): First list")


async def test_it_keeps_up_with_what_is_done_from_it(running: Stage) -> None:
    await home(running, running.nia, "*Under way* (1)")
    await running.nia.home_press("assessment.start")
    await form(running, running.nia, "start")
    await running.nia.submit({"channel": PRIVATE_CHANNEL, "title": "Another one", "mode": "quick"})
    await reads(running, running.nia, "*Under way* (2)")
    board = await running.board()
    await press(running, running.nia, board, "assessment.pause")
    await running.still()
    before = (await running.slack.seen()).calls("views.publish")
    await press(running, running.nia, await running.until_reads(board.ts, "[Resume]"), "assessment.resume")
    assert (await running.still()).calls("views.publish") == before, "she is in the channel again"


async def test_the_tab_of_messages_draws_nothing(stage: Stage) -> None:
    from bot.listeners.home.home import home_opened

    bot, workspace_id = stage.runtime.bot, stage.runtime.identity.workspace_id
    for event in ({"user": stage.omar.id, "tab": "messages"}, {"tab": "home"}, {}):
        await home_opened(bot, workspace_id, event)
    assert (await stage.still()).calls("views.publish") == 0
