"""Until the reveal nothing that anybody sees, and nothing that is redrawn, depends on a hidden level."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.messages.of_assessments import out_of_date, provisional_results, shown
from bot.views.assessment.status import status
from bot.views.block_kit.blocks import Message
from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.steps import Abstain, AddPeople, OpenDimension, RecordLevel, Step
from tests.bot.services.messages.test_of_assessments import rendered
from tests.model.assessments import GRACE, OMAR, after, started

PEOPLE = ("U4ANA", "U5TOM", GRACE)
BALLOTS = st.dictionaries(st.sampled_from([*PEOPLE, OMAR]), st.none() | st.integers(1, 5), min_size=1)


def open_for_votes() -> Assessment:
    """Grace and two more are waited for; Omar facilitates and may vote; one assessor never votes."""
    assessment = replace(started(), mode=Mode.TOGETHER)
    return after(assessment, AddPeople((*PEOPLE, "U9NEVER"), Role.ASSESSOR), OpenDimension("roads"))


def voted(assessment: Assessment, ballots: dict[str, int | None], order: list[str]) -> Assessment:
    for person in order:
        level = ballots[person]
        step: Step = Abstain("roads-q1") if level is None else RecordLevel("roads-q1", level)
        assessment = after(assessment, step, by=person)
    return assessment


def payloads(assessment: Assessment) -> str:
    looks = {key: each.payload() for key, each in rendered(assessment).items() if isinstance(each, Message)}
    looks["status"] = status(assessment, board_address=None).payload()
    return json.dumps(looks, sort_keys=True)


@given(BALLOTS, st.data())
@settings(max_examples=80, deadline=None)
def test_two_that_differ_only_in_hidden_votes_look_and_are_redrawn_alike(
    ballots: dict[str, int | None], data: st.DataObject
) -> None:
    others = {person: data.draw(st.none() | st.integers(1, 5), label=person) for person in ballots}
    base = open_for_votes()
    one = voted(base, ballots, sorted(ballots))
    other = voted(base, others, data.draw(st.permutations(sorted(ballots))))
    assert one.prompt("roads-q1").state is PromptState.ASKED
    assert payloads(one) == payloads(other)
    assert [each.fingerprint for each in shown(one).values()] == [
        each.fingerprint for each in shown(other).values()
    ]
    assert out_of_date(base, one) == out_of_date(base, other)
    assert provisional_results(base, one) == provisional_results(base, other) is None


def test_changing_a_hidden_vote_redraws_nothing() -> None:
    before = voted(open_for_votes(), {GRACE: 2}, [GRACE])
    assert out_of_date(before, after(before, RecordLevel("roads-q1", 5), by=GRACE)) == []
    assert out_of_date(before, after(before, Abstain("roads-q1"), by=GRACE)) == []


def test_the_card_says_who_has_voted_and_who_is_waited_for() -> None:
    assessment = voted(open_for_votes(), {GRACE: 2}, [GRACE])
    look = rendered(assessment)[f"prompt:{assessment.id}:roads-q1"]
    assert "*Voted* (1): ✓ Grace" in look.text and "*Waiting for*" in look.text


def test_the_card_says_that_facilitators_may_vote_and_are_not_waited_for() -> None:
    assessment = voted(open_for_votes(), {OMAR: 2}, [OMAR])
    look = rendered(assessment)[f"prompt:{assessment.id}:roads-q1"]
    assert "*Voted* (1): ✓ Omar" in look.text, "whoever facilitates may vote"
    assert look.text.endswith("Facilitators may vote too, but nobody waits for them.")
    assert "Facilitators may vote too" in json.dumps(look.blocks[-1])
