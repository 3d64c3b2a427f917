"""Reminders with the longest texts and the most milestones, and in whole sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.reports.readable_text import readable
from bot.services.reminders.contents import came_late
from bot.views.block_kit.blocks import Message
from bot.views.reminders.reminder import Reminding, reminder
from bot.views.reminders.words import due_words, owner_words
from bot.views.wording.people import Names
from model.assessment.assessment import TITLE_LIMIT
from model.calendar.council_calendar import DateRange
from model.calendar.working_hours import Diary
from model.plan.plan import (
    ITEM_TITLE_LIMIT,
    MILESTONE_NAME_LIMIT,
    PLAN_REASON_LIMIT,
    ItemStatus,
    Milestone,
    MilestoneState,
    Outcome,
    Ownership,
    PlanItem,
    Snooze,
    Worked,
)
from model.reminders.standing import Cause, Remark, Standing
from tests.bot.views.checking import check_shown
from tests.bot.views.hostile import UNITS, framework, words
from tests.model.assessments import GRACE, NIA, NOW, OMAR, started
from tests.model.days import LONDON, day, span
from tests.model.plans import ASSESSED

TODAY = day("2027-06-18")


def remark(
    standing: Standing = Standing.OPEN,
    *,
    due: str = "2027-06-18",
    cause: str = Cause.DUE,
    text: str = "First list",
    number: int = 1,
    by: str | None = NIA,
    **item: Any,
) -> Remark:
    """A milestone of an item that Omar owns, with these words everywhere."""
    reason = item.pop("reason", "")
    snoozes = item.pop("snoozes", ())
    milestone = Milestone(
        f"{'i' * 16}-{number:02}",
        text[:MILESTONE_NAME_LIMIT],
        day(due),
        NOW,
        NOW,
        reason=reason[:PLAN_REASON_LIMIT],
        snoozes=snoozes,
    )
    values: dict[str, Any] = {
        "status": ItemStatus.DOING,
        "status_reason": reason[:PLAN_REASON_LIMIT],
        "owned": (Ownership(OMAR, NOW),),
        **item,
    }
    assessment = values.pop("assessment", ASSESSED)
    whole = PlanItem(
        id="i" * 16,
        title=text[:ITEM_TITLE_LIMIT] if text != "First list" else "Mend the road list",
        dimension_id=assessment.scope[0],
        from_level=3,
        to_level=4,
        added_by=NIA,
        added_at=NOW,
        status_by=NIA,
        status_at=NOW,
        changed_by=NIA,
        changed_at=NOW,
        milestones=(milestone,),
        **values,
    )
    done = standing is not Standing.OPEN
    return Remark(
        assessment,
        whole,
        milestone,
        day(due),
        NOW,
        OMAR,
        cause,
        standing,
        by if done else None,
        NOW if done else None,
    )


def about(
    *remarks: Remark,
    reader: str = OMAR,
    passed_on: bool = False,
    planned: datetime | None = None,
    name: str = "Nia Pryce",
    today: date = TODAY,
    away: tuple[DateRange, ...] = (),
) -> Message:
    addresses = {each.assessment.id: "https://saltmarsh.slack.com/archives/C1/p1" for each in remarks}
    names = Names({NIA: name, OMAR: "Omar Shah", GRACE: name})
    diary = Diary(zone=LONDON, away=away)
    return reminder(
        Reminding(remarks, reader, passed_on, today, diary, planned, names, addresses, "/milepost")
    )


def said(message: Message) -> str:
    return readable(message.text, message.blocks)


remarks = st.builds(
    lambda standing, text, reason, cause, snoozed, blocked, unit: remark(
        standing,
        text=text.strip() or "?",
        reason=reason.strip() or "?",
        cause=cause,
        status=ItemStatus.BLOCKED if blocked else ItemStatus.TO_DO,
        snoozes=(Snooze(OMAR, TODAY + timedelta(3)),) if snoozed else (),
        assessment=started(framework(unit, 2, 1), title="&" * TITLE_LIMIT),
    ),
    st.sampled_from(Standing),
    words,
    words,
    st.sampled_from([*Cause, "user_disabled", "messages_tab_disabled", "channel_not_found", "<!here>"]),
    st.booleans(),
    st.booleans(),
    st.sampled_from(UNITS),
)


@given(st.lists(remarks, min_size=1, max_size=30), st.booleans(), words)
@settings(max_examples=60, deadline=None)
def test_slack_takes_it_whatever_is_in_it(found: list[Remark], passed_on: bool, name: str) -> None:
    message = about(*found, passed_on=passed_on, planned=NOW, name=name)
    check_shown(message)
    assert len(message.blocks) <= 50


@pytest.mark.parametrize("number", [1, 2, 5, 9, 20, 60, 200])
@pytest.mark.parametrize("text", ["First list", "&" * 120], ids=["usual", "long"])
def test_many_milestones_fit(number: int, text: str) -> None:
    """None of them is cut short by what makes a message fit in the end, and what is left out is counted."""
    found = [remark(text=text, number=each, reason=text) for each in range(number)]
    message = about(*found, planned=NOW)
    check_shown(message)
    assert message.payload()["blocks"] == list(message.blocks)
    whole = sum(block["type"] == "actions" for block in message.blocks)
    short = sum("accessory" in block for block in message.blocks)
    left = number - whole - short
    assert whole == 0 or left == short == 0
    assert (f"And {left} more milestone" in said(message)) == (left > 0)
    assert whole + short >= min(number, 9)
    assert whole == number or number > 5 or text != "First list"


def test_a_milestone_that_is_open() -> None:
    message = about(remark(status=ItemStatus.BLOCKED, reason="Money is short"))
    assert said(message).splitlines() == [
        "*Reminder*: 1 milestone of yours.",
        "*First list*: due today, Friday 18 June 2027.",
        "Mend the road list (Roads, 3 Impactful to 4 Mainstreamed). "
        "<https://saltmarsh.slack.com/archives/C1/p1|Plan of How are we doing?>",
        "Blocked: Money is short",
        "[Done] <Tomorrow / Next week / A date…> [Change date…] [Not doing…]",
        "All that is yours: `/milepost plan mine`. Days away, and no more reminders: `/milepost settings`.",
    ]
    assert "[Blocked…]" in said(about(remark()))
    assert "Nobody owns this yet, so it comes to you." in said(about(remark(owned=())))


@pytest.mark.parametrize("until", ["2027-06-19", "2027-06-21"])
def test_a_snooze_ends_on_a_day_on_which_they_are_told(until: str) -> None:
    snoozed = remark(snoozes=(Snooze(OMAR, day(until)),))
    assert "You hear of it again on Monday 21 June 2027." in said(about(snoozed))
    away = (span("2027-06-21", "2027-06-25"),)
    assert "You hear of it again on Monday 28 June 2027." in said(about(snoozed, away=away))


def test_a_snooze_is_told_of_until_they_have_heard_again() -> None:
    snoozed = remark(snoozes=(Snooze(OMAR, day("2027-06-19")),))
    for today, still in (("2027-06-20", True), ("2027-06-21", True), ("2027-06-22", False)):
        text = said(about(snoozed, today=day(today)))
        assert ("You hear of it again on Monday 21 June 2027." in text) == still
    assert "hear of it" not in said(about(replace(snoozed, told_again=True), today=day("2027-06-21")))
    assert "hear of it" not in said(about(snoozed, reader=GRACE, passed_on=True))


def test_the_text_says_all_that_the_blocks_say() -> None:
    message = about(remark(), remark(Standing.DONE, number=2), planned=NOW)
    for line in said(message).splitlines():
        assert line.startswith("[") or line in message.text


def test_lateness_is_said_once_in_the_time_of_the_reader() -> None:
    summer = datetime.fromisoformat("2027-06-11T08:30:00+00:00")
    text = said(about(remark(), remark(number=2), planned=summer))
    assert text.count("late") == 1
    assert "This comes late: it was planned for Friday 11 June 2027 at 09:30." in text


def test_lateness_is_said_only_while_something_is_left_to_do() -> None:
    sent = NOW + timedelta(days=2)
    opened = replace(remark(), planned_at=NOW)
    done = replace(remark(Standing.DONE), planned_at=NOW - timedelta(days=1))
    assert came_late([opened, done], sent) == NOW
    assert came_late([done], sent) is None


@pytest.mark.parametrize(
    ("due", "says"),
    [
        ("2027-06-16", "overdue by 2 days; it was due on Wednesday 16 June 2027"),
        ("2027-06-17", "overdue by 1 day; it was due on Thursday 17 June 2027"),
        ("2027-06-18", "due today, Friday 18 June 2027"),
        ("2027-06-19", "due tomorrow, Saturday 19 June 2027"),
        ("2027-06-20", "due in 2 days, on Sunday 20 June 2027"),
    ],
)
def test_when_it_is_due(due: str, says: str) -> None:
    assert due_words(day(due), TODAY) == says


@pytest.mark.parametrize(
    ("standing", "says"),
    [
        (Standing.DONE, "done, by Nia Pryce on 23 November 2026."),
        (Standing.DROPPED, "not being done, by Nia Pryce on 23 November 2026. Reason: No money."),
        (Standing.ITEM_DONE, "its action is done, by Nia Pryce on 23 November 2026."),
        (
            Standing.ITEM_DROPPED,
            "its action was dropped, by Nia Pryce on 23 November 2026. Reason: No money.",
        ),
        (Standing.PUT_BACK, "its action is only proposed again, by Nia Pryce on 23 November 2026."),
        (
            Standing.MOVED,
            "moved to Friday 18 June 2027, by Nia Pryce on 23 November 2026. Reason: No money.",
        ),
        (Standing.GIVEN_AWAY, "Omar Shah looks after it now."),
        (Standing.CANCELLED, "its assessment was cancelled."),
    ],
)
def test_what_has_become_of_it(standing: Standing, says: str) -> None:
    settled = remark(standing, reason="No money" if "Reason" in says else "")
    text = said(about(settled, remark(number=2)))
    assert f"*First list*: {says}\n*First list*: due today" in text
    assert "1 milestone of yours" in text
    alone = said(about(settled, reader=NIA))
    heading = "nothing is to be done for now" if standing is Standing.MOVED else "nothing is left to do here"
    assert alone == f"*Reminder*: {heading}.\n*First list*: {says}".replace("by Nia Pryce", "by you")


def settled_last(text: str = "First list", number: int = 1) -> Remark:
    """The last milestone of an item, done."""
    found = remark(Standing.DONE, text=text, number=number)
    done = replace(found.milestone, state=MilestoneState.DONE, settled_by=NIA, settled_at=NOW)
    return replace(found, milestone=done, item=replace(found.item, milestones=(done,)))


def test_after_the_last_milestone_it_asks_whether_the_action_is_done() -> None:
    assert said(about(settled_last())).splitlines() == [
        "*Reminder*: one more question.",
        "*First list*: done, by Nia Pryce on 23 November 2026.",
        "Mend the road list: that was the last milestone. Is the whole action done?",
        "[The action is done]",
    ]
    assert "[" not in said(about(settled_last(), reader="U9"))
    assert said(about(settled_last(), remark(number=2))).startswith("*Reminder*: 1 milestone of yours.")
    check_shown(about(*(settled_last("&" * 200, number) for number in range(60))))


def test_after_the_whole_action_it_asks_whether_it_worked() -> None:
    one = settled_last()
    done = replace(one, item=replace(one.item, status=ItemStatus.DONE, success="Fewer <calls>"))
    text = said(about(done))
    assert "Mend the road list is done. Did it work?\nYou wanted to see: Fewer &lt;calls&gt;\n[Yes]" in text
    assert "the whole action is done." in said(about(done, reader="U9")), "who may not say so is not asked"
    early = replace(done.item, outcome=Outcome(Worked.TOO_EARLY, "", NIA, NOW))
    text = said(about(replace(done, item=early)))
    assert "too early to say whether it worked, says Nia Pryce. I ask again in four weeks." in text
    long = (settled_last("&" * 200, number) for number in range(60))
    check_shown(about(*(replace(each, item=replace(each.item, status=ItemStatus.DONE)) for each in long)))


def test_what_was_said_without_a_reason_or_by_nobody_in_particular() -> None:
    assert "not being done, by Nia Pryce on 23 November 2026.\n" in said(
        about(remark(Standing.DROPPED), remark())
    )
    assert "*First list*: done.\n" in said(about(remark(Standing.DONE, by=None), remark()))
    assert "a facilitator looks after it now" in said(about(remark(Standing.GIVEN_AWAY, owned=())))


@pytest.mark.parametrize(
    ("cause", "says"),
    [
        (
            Cause.HANDED_OVER,
            "Owner: Omar Shah. It is still open long after its date, so it is handed over to you.",
        ),
        (Cause.LEFT, "Omar Shah is not in the channel any more, so this comes to you."),
        ("user_disabled", "Omar Shah has a deactivated Slack account, so this comes to you."),
        ("cannot_dm_bot", "Omar Shah cannot be written to in Slack, so this comes to you."),
    ],
)
def test_why_a_facilitator_hears_of_it(cause: str, says: str) -> None:
    text = said(about(remark(cause=cause), reader=NIA, passed_on=True))
    assert text.startswith("*For you as a facilitator*: 1 milestone to look at.")
    assert says in text
    assert "Tomorrow" not in text and "[Done] [Change date…] [Blocked…] [Not doing…]" in text
    assert text.endswith("All that is planned: `/milepost plan all`.")


def test_what_nobody_owns_is_handed_over_as_that() -> None:
    unowned = replace(remark(cause=Cause.HANDED_OVER, owned=()), about="")
    assert owner_words(unowned, Names()).startswith("Nobody owns it. ")
