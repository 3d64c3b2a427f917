"""Two teams: Slack takes every message and form, nobody is notified, and neither shows what it should not."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.messages.of_assessments import comparison_messages, out_of_date, shown
from bot.views.assessment.board import board
from bot.views.assessment.status import status
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.reference import Reference
from bot.views.evidence.forms import evidence_modal, log_modal
from bot.views.evidence.receipts import logged_receipt
from bot.views.second_team import forms as second_team_modals
from bot.views.second_team import receipts as second_team_receipts
from bot.views.second_team.comparison import comparison_message, comparison_page, no_longer_compared
from bot.views.wording.people import Names
from model.assessment.assessment import (
    LINK_LIMIT,
    REASON_LIMIT,
    TITLE_LIMIT,
    Assessment,
    Confirmation,
    Evidence,
    Mode,
    PromptState,
    Role,
)
from model.assessment.other_side import TEAM_LIMIT
from model.assessment.steps import Abstain, AddPeople, RecordLevel, Step
from model.second_team.comparison import compare
from model.second_team.inviting import Invited, invite
from model.second_team.moderating import Moderate, Moderated, moderate
from model.second_team.pair import Pair, pair_of, seen_from
from tests.bot.services.messages.test_of_assessments import rendered
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import SHAPES, UNITS, framework
from tests.model.assessments import GRACE, NIA, NOW, started
from tests.model.pairs import ANA, JO, SECOND, TOM, Sides
from tests.model.second_team.test_comparison import finished_pair, moderated

NAMES = Names({NIA: "Nia", JO: "Jo"})
Q1 = "roads-q1"


def hostile_pair(unit: str, shape: tuple[int, int], pieces: int = 2) -> Pair:
    """Two finished teams in which every text is as long as it may be."""
    whole = (unit * REASON_LIMIT)[:REASON_LIMIT]
    first = started(framework(unit, *shape), title=(unit * TITLE_LIMIT)[:TITLE_LIMIT].strip())
    wish = replace(SECOND, team=(unit * TEAM_LIMIT)[:TEAM_LIMIT].strip(), channel_id="C2")
    outcome = invite(first, wish, assessment_id="A2", by=NIA, at=NOW, today=NOW.date())
    assert isinstance(outcome, Invited), outcome
    pair = Pair(
        _finished(first, whole, unit, pieces, 2), _finished(outcome.second.assessment, whole, unit, pieces, 5)
    )
    for dimension_id in pair.first.scope:
        done = moderate(pair, Moderate(dimension_id, 3, whole), by=NIA, at=NOW)
        assert isinstance(done, Moderated), done
        pair = Pair(pair.first, done.second)
    return pair


def _finished(assessment: Assessment, reason: str, unit: str, pieces: int, level: int) -> Assessment:
    """Every prompt agreed and every dimension confirmed, without the many steps that take to it."""
    link = "https://a.example/" + "&" * (LINK_LIMIT - 18)
    evidence = tuple(
        Evidence(f"E{number}", NIA, (unit * 3_000)[:3_000], link, NOW) for number in range(pieces)
    )
    for dimension in assessment.dimensions:
        prompts = tuple(
            replace(
                each,
                state=PromptState.AGREED,
                level=level,
                reason=reason,
                dissent=reason,
                evidence=evidence,
                decided_by=NIA,
                decided_at=NOW,
            )
            for each in dimension.prompts
        )
        confirmation = Confirmation(level, level, reason, NIA, NOW)
        done = replace(dimension, opened_by=NIA, opened_at=NOW, prompts=prompts, confirmation=confirmation)
        assessment = assessment.with_dimension(done)
    return assessment


def pages_of(pair: Pair) -> list[View]:
    """Every page, until there is no button to the next."""
    found: list[View] = []
    while True:
        found.append(comparison_page(pair, "A1", len(found)))
        if "pair.page_on" not in json.dumps(found[-1]):
            return found


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_longest_comparison_fits(unit: str, shape: tuple[int, int]) -> None:
    pair = hostile_pair(unit, shape)
    names = Names(dict.fromkeys((NIA, JO), (unit * 80)[:80]))
    check_shown(comparison_message(pair, "a" * 32, names=names))
    for view in pages_of(pair):
        check_modal(view, pings=(NIA, JO))
    check_modal(second_team_modals.invite_modal(pair.first, NOW.date()))
    check_modal(second_team_modals.moderate_modal(pair, "a" * 32, compare(pair).dimensions[0]))
    second = pair.second
    check_shown(Message(second_team_receipts.invited_receipt(second, [JO], bot_inside=False)), pings=(JO,))
    check_shown(Message(second_team_receipts.moderated_receipt(pair, pair.first.scope[0])))
    for one in (seen_from(pair.first, second), seen_from(second, pair.first)):
        check_shown(board(one, names=names, threads={}))
        for look in rendered(one).values():
            if isinstance(look, Message):
                check_shown(look)


def test_every_question_and_all_its_evidence_is_on_some_page() -> None:
    pair = hostile_pair("word ", (2, 3), pieces=60)
    views = pages_of(pair)
    assert len(views) > 3
    text = json.dumps(views)
    assert text.count("evidence from") == 2 * 6 * 60
    for prompt in pair.first.framework.prompts:
        assert json.dumps(prompt.question)[1:-1] in text
    assert "Still: " in text, "a question that goes on is named again"
    assert comparison_page(pair, "A1", 999) == views[-1] and comparison_page(pair, "A1", -1) == views[0]


def test_the_message_is_whole_for_a_screen_reader() -> None:
    pair = moderated(finished_pair((2, 3, 3), (4, 3, 2)), "roads", 3)
    message = comparison_message(pair, "A1", names=NAMES)
    assert message.text.split("\n") == [
        "Side by side: How are we doing?",
        "First team: *3 Impactful* overall (score 2.7). Weakest: Roads.",
        "Peer team: *3 Impactful* overall (score 3.0). Weakest: Bins.",
        "Moderated: *3 Impactful* overall (score 3.0), provisional: 2 of 3 dimensions. "
        "Weakest: Roads and Parks.",
        "Roads: first team 2 Developing, Peer team 4 Mainstreamed, Peer team is 2 levels higher, "
        "moderated 3 Impactful by Nia",
        "Bins: first team 3 Impactful, Peer team 2 Developing, Peer team is 1 level lower",
        "Parks: first team 3 Impactful, Peer team 3 Impactful, the same level",
        "Reason for Roads: We looked at it together.",
        message.text.split("\n")[-1],
    ]
    assert message.payload()["text"] == message.text


def test_what_no_longer_stands() -> None:
    check_shown(no_longer_compared())


def test_one_comparison_for_a_channel_and_two_for_two() -> None:
    pair = finished_pair()
    assert [each.channel_id for each in comparison_messages(pair)] == ["C1", "C2"]
    together = Pair(pair.first, replace(pair.second, channel_id="C1"))
    assert [each.key for each in comparison_messages(together)] == ["comparison:A1"]


PEOPLE = (TOM, ANA)
BALLOTS = st.dictionaries(st.sampled_from([*PEOPLE, JO]), st.none() | st.integers(1, 5), min_size=1)


def both_open(channel: str = "C1") -> Sides:
    """Roads is open on both sides; on the second Tom and Ana are waited for, and one who never votes."""
    sides = Sides.opened(channel=channel)
    sides.do_second(AddPeople((ANA, "U9NEVER"), Role.ASSESSOR))
    return sides


def looks(assessment: Assessment) -> tuple[str, list[object]]:
    """All that is shown of one side, and what its redraws depend on."""
    found = {key: each.payload() for key, each in rendered(assessment).items() if isinstance(each, Message)}
    found["status"] = status(assessment, board_address=None).payload()
    return json.dumps(found, sort_keys=True), [each.fingerprint for each in shown(assessment).values()]


def cast(sides: Sides, ballots: dict[str, int | None], order: list[str]) -> None:
    for person in order:
        level = ballots[person]
        step: Step = Abstain(Q1) if level is None else RecordLevel(Q1, level)
        sides.do_second(step, by=person)


def test_it_is_said_before_that_evidence_is_shown_in_the_other_channel() -> None:
    sides = Sides.opened(channel="C2")
    about = Reference(assessment="A2")
    for side, where in ((sides.second, "<#C1>"), (sides.first, "the channel of Peer team")):
        words = f"levels, reasons and evidence of both are then shown here and in {where}"
        message = board(side, names=NAMES, threads={})
        assert words in message.text and words in json.dumps(message.blocks)
        for form in (evidence_modal(side, Q1), log_modal(side, about, "The survey", "")):
            assert f"its evidence is shown in {where} as well" in json.dumps(form)
        said = logged_receipt(side, Q1, Evidence("E1", JO, "The survey", "", NOW), JO, reacted=True)
        assert f"its evidence is shown in {where} as well" in said, "a reaction has no form"
    same = Sides.opened(channel="C1").second
    assert "then shown here" not in board(same, names=NAMES, threads={}).text
    assert "as well" not in json.dumps(evidence_modal(same, Q1))


@given(BALLOTS, st.none() | st.integers(1, 5), st.data())
@settings(max_examples=80, deadline=None)
def test_neither_side_depends_on_hidden_votes_of_the_other(
    ballots: dict[str, int | None], own: int | None, data: st.DataObject
) -> None:
    others = {person: data.draw(st.none() | st.integers(1, 5), label=person) for person in ballots}
    one, two = both_open(), both_open()
    for sides in (one, two):
        if own is not None:
            sides.do_first(RecordLevel(Q1, own), by=GRACE)
    before = one.first
    cast(one, ballots, sorted(ballots))
    cast(two, others, data.draw(st.permutations(sorted(ballots))))
    assert looks(one.first) == looks(two.first)
    assert looks(one.second) == looks(two.second)
    assert out_of_date(before, one.first) == out_of_date(before, two.first)
    assert one.first.other == two.first.other


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_what_is_ready_looks_alike_whatever_the_votes_are(own: int, one: int, two: int) -> None:
    """Both have voted on the first side and wait; the second side has not."""
    found = []
    for level in (one, two):
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, own), by=GRACE)
        sides.do_first(RecordLevel(Q1, level), by=ANA)
        assert sides.first.prompt(Q1).state is PromptState.ASKED
        found.append((looks(sides.first), looks(sides.second)))
    assert found[0] == found[1]


@given(st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=40, deadline=None)
def test_in_two_channels_nothing_depends_on_what_the_other_has_agreed(one: int, two: int) -> None:
    found = []
    for level in (one, two):
        sides = Sides.opened("bins", channel="C2")
        sides.do_second(RecordLevel("bins-q1", level), by=TOM)
        assert sides.second.prompt("bins-q1").level == level
        found.append((looks(sides.first), sides.first.other, compare(sides.pair)))
    assert found[0] == found[1]


def test_a_card_says_who_is_waited_for_and_says_nothing_of_it_in_two_channels() -> None:
    sides = Sides.opened()
    sides.do_first(RecordLevel(Q1, 2), by=GRACE)
    first, second = (rendered(each)[f"prompt:{each.id}:{Q1}"].text for each in (sides.first, sides.second))
    assert "*Your team is ready.* The votes wait for Peer team." in first
    assert "*The first team* is ready to reveal its votes." in second
    apart = Sides.opened(channel="C2")
    for each in (apart.first, apart.second):
        text = rendered(each)[f"prompt:{each.id}:{Q1}"].text
        assert "ready" not in text and "revealed when everyone who has joined has voted" in text
    assert pair_of(apart.first, apart.second) is not None and apart.first.mode is Mode.TOGETHER
