"""The card of together mode once its question is settled: who decided, and who voted what or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.reports.readable_text import readable
from bot.services.messages.of_assessments import out_of_date
from bot.views.assessment.receipts import not_applicable_receipt
from bot.views.home import home_view
from bot.views.questions.quick_card import prompt_card
from bot.views.questions.receipts import revealed_receipt, vote_receipt, vote_stands
from bot.views.questions.together_card import together_card
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.steps import (
    Abstain,
    AddEvidence,
    AddPeople,
    Agree,
    LeaveChannel,
    MarkNotApplicable,
    OpenDimension,
    RecordLevel,
    Reveal,
    SetRole,
    Step,
)
from model.assessment.voting import reveal_at_closing
from model.home import Home, Task
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, started

ANA, TOM = "U4ANA", "U5TOM"
NAMES = Names({NIA: "Nia", OMAR: "Omar", GRACE: "Grace", ANA: "Ana", TOM: "Tom"})
QUESTION = "roads-q1"


def asked(*assessors: str) -> Assessment:
    """The first question about roads; Nia and Omar facilitate."""
    assessment = after(replace(started(), mode=Mode.TOGETHER), OpenDimension("roads"))
    return after(assessment, AddPeople(assessors, Role.ASSESSOR)) if assessors else assessment


def voted(assessment: Assessment, *votes: tuple[str, int | None], then: Sequence[Step] = ()) -> Assessment:
    for person, level in votes:
        step = Abstain(QUESTION) if level is None else RecordLevel(QUESTION, level)
        assessment = after(assessment, step, by=person)
    return after(assessment, *then, at=LATER)


def text_of(assessment: Assessment) -> str:
    return together_card(assessment, assessment.prompt(QUESTION), names=NAMES).text


class TestAgreed:
    def test_votes_that_are_the_same_agree_it_and_have_names(self) -> None:
        text = text_of(voted(asked(GRACE, ANA), (GRACE, 3), (ANA, 3)))
        assert "*3 Impactful*, agreed: all 2 votes were the same." in text
        assert text.endswith("votes: 2 for level 3 (Grace and Ana)")

    def test_the_vote_of_the_only_assessor_agrees_it(self) -> None:
        assert "agreed: the only vote." in text_of(voted(asked(GRACE), (GRACE, 3)))

    def test_who_did_not_vote_when_it_was_revealed_early_is_named(self) -> None:
        early = voted(asked(GRACE, ANA, TOM), (GRACE, 3), (OMAR, 3), then=[Reveal(QUESTION)])
        text = text_of(early)
        assert "agreed: all 2 votes were the same." in text
        assert text.endswith("votes: 2 for level 3 (Grace and Omar) · did not vote: Ana and Tom")

    @pytest.mark.parametrize("votes", [[(GRACE, 4)], [(GRACE, 4), (ANA, None)]])
    def test_a_facilitator_who_agreed_a_single_vote_is_named(
        self, votes: list[tuple[str, int | None]]
    ) -> None:
        assessment = voted(asked(GRACE, ANA), *votes)
        reveal = [] if len(votes) > 1 else [Reveal(QUESTION)]
        text = text_of(after(after(assessment, *reveal), Agree(QUESTION, 4), at=LATER))
        assert "*4 Mainstreamed*, agreed by Nia." in text and "the only vote" not in text
        missing = "not for them: Ana" if len(votes) > 1 else "did not vote: Ana"
        assert text.endswith(f"votes: 1 for level 4 (Grace) · {missing}")

    def test_each_level_has_its_names(self) -> None:
        agreed = voted(asked(GRACE, ANA), (GRACE, 2), (OMAR, 2), (ANA, 5), then=[Agree(QUESTION, 2)])
        assert "votes: 2 for level 2 (Grace and Omar), 1 for level 5 (Ana)" in text_of(agreed)

    def test_a_later_change_of_the_roster_draws_nothing_anew(self) -> None:
        early = voted(asked(GRACE, ANA, TOM), (GRACE, 3), (OMAR, 3), then=[Reveal(QUESTION)])
        steps: list[Step] = [SetRole(ANA, Role.FACILITATOR), AddPeople(("U6",), Role.ASSESSOR)]
        now = after(early, *steps, at=LATER + timedelta(hours=1))
        assert text_of(now) == text_of(early)
        again = after(now, AddEvidence(QUESTION, "E1", "Survey", ""))
        assert "did not vote: Ana and Tom" in text_of(again)
        assert f"prompt:{now.id}:{QUESTION}" not in [each.key for each in out_of_date(early, now)]


class TestWhenItIsRevealed:
    """The closing date reveals too, which is said before and after."""

    closing = replace(asked(GRACE, ANA), closing_date=NOW.date())

    def test_the_card_says_that_the_closing_date_reveals(self) -> None:
        said = "Votes given by the end of 23 November 2026, the closing date, are revealed then."
        assert said in text_of(self.closing)
        assert "closing date" not in text_of(asked(GRACE))

    def test_what_is_asked_after_the_closing_date_does_not_wait_for_it(self) -> None:
        assessment = after(replace(started(), mode=Mode.TOGETHER), OpenDimension("roads"), at=LATER)
        assert "closing date" not in text_of(replace(assessment, closing_date=NOW.date()))

    @pytest.mark.parametrize(("level", "said"), [(2, "Revealed"), (3, "agreed")])
    def test_the_card_says_afterwards_that_the_date_did_it(self, level: int, said: str) -> None:
        assessment = after(voted(self.closing, (OMAR, 3)), RecordLevel(QUESTION, level), by=GRACE)
        shown = reveal_at_closing(assessment, LATER.date(), LATER)
        assert shown is not None
        assert f"{said} as the closing date had passed" in text_of(shown.assessment)
        by_hand = text_of(after(assessment, Reveal(QUESTION), at=LATER))
        assert "as the closing date" not in by_hand


def test_the_bars_of_the_votes_are_for_the_eye_only() -> None:
    assessment = voted(asked(GRACE, ANA), (GRACE, 2), (ANA, 4))
    card = together_card(assessment, assessment.prompt(QUESTION), names=NAMES)
    assert "*2 Developing*: █ 1 vote: Grace" in readable("", card.blocks)
    assert "*2 Developing*: 1 vote: Grace" in card.text and "█" not in card.text


class TestWhoIsWaitedFor:
    def test_the_vote_that_joins_somebody_leaves_the_reveal_to_whoever_leads(self) -> None:
        joined = voted(asked(), (GRACE, 3), (ANA, 3))
        assert joined.prompt(QUESTION).state is PromptState.ASKED
        text = text_of(joined)
        assert "*Waiting for*: Nia and Omar. Everyone who has joined has voted, and others may still" in text
        assert "The votes are revealed by Nia and Omar." in text
        assert "when everyone who has joined has voted" not in text

    @pytest.mark.parametrize("votes", [[], [(OMAR, 3)]])
    def test_where_nobody_has_joined(self, votes: list[tuple[str, int | None]]) -> None:
        text = text_of(voted(asked(), *votes))
        assert "*Waiting for*: nobody, since nobody has joined as an assessor yet" in text

    def test_where_somebody_is_waited_for(self) -> None:
        text = text_of(asked(GRACE, ANA))
        assert "*Waiting for*: Grace and Ana" in text
        assert "The votes are revealed when everyone who has joined has voted, or by Nia and Omar." in text


@pytest.mark.parametrize("mode", Mode)
def test_the_receipt_of_not_applicable_names_a_button_that_is_there(mode: Mode) -> None:
    assessment = after(replace(started(), mode=mode), OpenDimension("roads"))
    assessment = after(assessment, MarkNotApplicable(QUESTION, "The county's."))
    [button] = re.findall(r"press \*(.+)\* on the card", not_applicable_receipt(assessment))
    assert f"[{button}]" in readable("", prompt_card(assessment, QUESTION, names=NAMES).blocks)


@pytest.mark.parametrize("level", [None, 3])
def test_home_says_where_there_is_nothing_to_reveal(level: int | None) -> None:
    assessment = voted(asked(), (GRACE, level))
    shown = home_view(Home(reveal=(Task(assessment, QUESTION),)), today=NOW.date(), command="/milepost")
    assert ("no level to reveal" in str(shown)) == (level is None)


class TestOneVote:
    def test_is_not_called_all_the_same(self) -> None:
        only = after(asked(GRACE), RecordLevel(QUESTION, 3), by=GRACE)
        assert (
            "Yours is the only vote, so *3 Impactful*"
            in vote_receipt(asked(GRACE), only, QUESTION, GRACE).text
        )
        assert "There is only one vote, so" in revealed_receipt(only, QUESTION)
        shown = voted(asked(GRACE, ANA), (GRACE, 3), then=[Reveal(QUESTION)])
        assert "Spread: none, with one vote. Median: 3 Impactful." in text_of(shown)

    def test_is_not_said_to_be_of_whoever_has_no_level(self) -> None:
        agreed = voted(asked(GRACE), (NIA, None), (GRACE, 3))
        for told in (vote_stands(agreed, QUESTION, NIA), vote_receipt(agreed, agreed, QUESTION, NIA)):
            assert "There is only one vote, so *3 Impactful*" in told.text and "Yours" not in told.text

    def test_two_are(self) -> None:
        both = voted(asked(GRACE, ANA), (GRACE, 3), (ANA, 3))
        assert "All votes were the same, so" in revealed_receipt(both, QUESTION)


@pytest.mark.parametrize("votes", [[], [(GRACE, 2), (ANA, 4)]])
def test_where_nobody_facilitates_it_is_not_for_nobody(votes: list[tuple[str, int | None]]) -> None:
    left = voted(asked(GRACE, ANA), *votes)
    for person in (NIA, OMAR):
        left = after(left, LeaveChannel(), by=person)
    text = text_of(left)
    assert "hoever takes over on the board" in text
    assert "by nobody" not in text and "nobody can" not in text
