"""Both teams beside each other: order, differences, what is left out, and the calculator's three results."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from model.assessment.assessment import Assessment, Moderation
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import (
    AddEvidence,
    ConfirmLevel,
    MarkNotApplicable,
    OpenDimension,
    RecordLevel,
    ReopenAnswer,
)
from model.calculation.calculator import Answer, NotApplicable
from model.refusals import Reason, Refusal
from model.second_team.comparison import ComparedDimension, compare
from model.second_team.moderating import WITHDRAWN, Moderate, Moderated, moderate
from model.second_team.pair import Pair
from tests.model.assessments import (
    FRAMEWORK,
    GRACE,
    LATER,
    NIA,
    NOW,
    after,
    answered,
    calculated,
    confirmed,
    started,
)
from tests.model.pairs import JO, SECOND, invited

NOT_APPLICABLE = NotApplicable.NOT_APPLICABLE
DIMENSIONS = ("roads", "parks", "bins")


def quick_pair() -> Pair:
    """Two teams in quick mode in two channels, with every dimension open."""
    first = started()
    second = invited(first, replace(SECOND, channel_id="C2")).second.assessment
    opening = tuple(OpenDimension(each) for each in DIMENSIONS)
    return Pair(after(first, *opening), after(second, *opening, by=JO))


def with_levels(assessment: Assessment, levels: dict[str, int], by: str) -> Assessment:
    for dimension, level in levels.items():
        assessment = answered(assessment, dimension, level)
        seen = calculated(assessment, dimension)
        assessment = after(assessment, ConfirmLevel(dimension, seen=seen, level=seen), by=by)
    return assessment


def finished_pair(first: tuple[int, int, int] = (2, 3, 3), second: tuple[int, int, int] = (4, 3, 2)) -> Pair:
    pair = quick_pair()
    return Pair(
        with_levels(pair.first, dict(zip(DIMENSIONS, first, strict=True)), NIA),
        with_levels(pair.second, dict(zip(DIMENSIONS, second, strict=True)), JO),
    )


def moderated(pair: Pair, dimension: str, level: int | None, by: str = NIA) -> Pair:
    outcome = moderate(pair, Moderate(dimension, level, "We looked at it together."), by=by, at=LATER)
    assert isinstance(outcome, Moderated), outcome
    return Pair(pair.first, outcome.second)


def why_not(pair: Pair, step: Moderate, by: str = NIA) -> Refusal:
    outcome = moderate(pair, step, by=by, at=LATER)
    assert isinstance(outcome, Refusal), outcome
    return outcome


class TestSideBySide:
    def test_the_largest_differences_come_first(self) -> None:
        comparison = compare(finished_pair())
        assert comparison.final
        assert [(each.dimension_id, each.difference) for each in comparison.dimensions] == [
            ("roads", 2),
            ("bins", -1),
            ("parks", 0),
        ]
        assert [each.difference for each in comparison.prompts] == [2] * 5 + [-1] + [0] * 2
        assert [each.prompt_id for each in comparison.prompts[:2]] == ["roads-q1", "roads-q2"]

    def test_not_applicable_stands_between_a_difference_and_none(self) -> None:
        pair = quick_pair()
        first = after(pair.first, RecordLevel("roads-q1", 3), MarkNotApplicable("roads-q2", "None here."))
        first = after(first, RecordLevel("parks-q1", 2), MarkNotApplicable("parks-q2", "None here."))
        second = after(pair.second, RecordLevel("roads-q1", 3), RecordLevel("roads-q2", 1), by=JO)
        second = after(second, RecordLevel("parks-q1", 3), MarkNotApplicable("parks-q2", "None here."), by=JO)
        found = compare(Pair(first, second)).prompts
        assert [(each.prompt_id, each.difference) for each in found] == [
            ("parks-q1", 1),
            ("roads-q2", None),
            ("roads-q1", 0),
            ("parks-q2", None),
        ]

    def test_what_one_side_has_not_agreed_is_not_there_at_all(self) -> None:
        pair = quick_pair()
        first = answered(pair.first, "bins", 2)
        assert compare(Pair(first, pair.second)).prompts == ()
        both = Pair(first, answered(pair.second, "bins", 4))
        assert [each.prompt_id for each in compare(both).prompts] == ["bins-q1"]
        assert [each.dimension_id for each in compare(both).dimensions] == ["bins"]
        assert not compare(both).final and not compare(both).dimensions[0].final
        changing = Pair(both.first, after(both.second, ReopenAnswer("bins-q1"), by=JO))
        assert compare(changing).prompts == () and compare(changing).dimensions == ()

    def test_a_dimension_is_there_when_both_have_finished_it(self) -> None:
        pair = quick_pair()
        first = answered(pair.first, "parks", 2)
        second = after(pair.second, RecordLevel("parks-q1", 4), by=JO)
        comparison = compare(Pair(first, second))
        assert len(comparison.prompts) == 1 and comparison.dimensions == ()
        assert comparison.first is None and comparison.second is None, "no level of an unfinished dimension"
        assert comparison.prompt_total == 8

    def test_each_side_has_its_own_evidence_and_reasons(self) -> None:
        pair = quick_pair()
        first = after(pair.first, AddEvidence("bins-q1", "E1", "Survey", ""), by=GRACE)
        second = after(pair.second, AddEvidence("bins-q1", "E1", "", "https://a.example"), by=JO)
        first = after(first, MarkNotApplicable("bins-q1", "None here."))
        found = compare(Pair(first, answered(second, "bins", 2))).prompts[0]
        assert [each.text for each in found.first.evidence] == ["Survey"]
        assert [each.link for each in found.second.evidence] == ["https://a.example"]
        assert (found.first.answer, found.first.reason) == (NOT_APPLICABLE, "None here.")


class TestTheThreeResults:
    def test_own_second_and_moderated(self) -> None:
        pair = finished_pair((2, 3, 3), (4, 3, 2))
        comparison = compare(pair)
        assert comparison.first is not None and comparison.second is not None
        assert (comparison.first.score.shown, comparison.first.score.level) == ("2.7", 3)
        assert comparison.first.weakest == ("roads",)
        assert (comparison.second.score.level, comparison.second.weakest) == (3, ("bins",))
        assert comparison.moderated is not None, "parks is the same on both sides"
        assert comparison.moderated.score.provisional and comparison.moderated.score.answered == 1
        pair = moderated(moderated(pair, "roads", 3), "bins", 2, by=JO)
        result = compare(pair).moderated
        assert result is not None and not result.score.provisional
        assert (result.score.shown, result.weakest) == ("2.7", ("bins",))

    def test_nothing_moderated_and_nothing_alike_is_no_level(self) -> None:
        assert compare(finished_pair((1, 1, 1), (2, 2, 2))).moderated is None

    def test_not_applicable_is_left_out_of_both_sides(self) -> None:
        result = compare(moderated(finished_pair(), "roads", None)).moderated
        assert result is not None and result.score.not_applicable == 1

    def test_either_side_is_what_the_calculator_says_of_it_alone(self) -> None:
        pair = finished_pair((1, 5, 2), (3, 3, 4))
        comparison = compare(pair)
        assert (comparison.first, comparison.second) == (pair.first.overall(), pair.second.overall())

    @given(
        st.integers(1, 5) | st.just(NOT_APPLICABLE),
        st.integers(1, 5) | st.just(NOT_APPLICABLE),
        st.none() | st.integers(0, 5),
        st.booleans(),
    )
    def test_a_moderated_level_wins_and_alike_levels_need_none(
        self, first: Answer, second: Answer, level: int | None, final: bool
    ) -> None:
        moderation = None if level is None else Moderation(level or None, "Because.", NIA, NOW)
        found = ComparedDimension("roads", first, second, moderation, final).moderated
        if moderation is not None:
            assert found == (moderation.level or NOT_APPLICABLE)
        else:
            assert found == (first if final and first == second else None)


class TestModerating:
    def test_is_kept_on_the_second_side_and_told_to_both(self) -> None:
        pair = finished_pair()
        outcome = moderate(pair, Moderate("roads", 3, " We looked. "), by=JO, at=LATER)
        assert isinstance(outcome, Moderated)
        assert outcome.second.dimension("roads").moderation == Moderation(3, "We looked.", JO, LATER)
        assert outcome.entry == HistoryEntry(
            Happened.MODERATED, JO, LATER, dimension_id="roads", level_after=3, reason="We looked."
        )
        assert outcome.second.dimension_level("roads") == 4, "levels never move by themselves"

    def test_can_be_changed_and_taken_back(self) -> None:
        pair = moderated(finished_pair(), "roads", 3)
        changed = moderated(pair, "roads", None, by=JO)
        assert changed.second.dimension("roads").moderation == Moderation(
            None, "We looked at it together.", JO, LATER
        )
        back = moderate(pair, Moderate("roads", WITHDRAWN, "Wrong one."), by=NIA, at=LATER)
        assert isinstance(back, Moderated)
        assert back.second.dimension("roads").moderation is None
        assert (back.entry.level_before, back.entry.level_after) == (3, None)

    def test_is_refused_with_a_reason(self) -> None:
        pair = moderated(finished_pair(), "roads", 3)
        same = why_not(pair, Moderate("roads", 3, "We looked at it together."))
        assert (same.reason, same.by, same.level) == (Reason.ALREADY_DONE, NIA, 3)
        assert why_not(pair, Moderate("bins", WITHDRAWN, "x")).reason is Reason.ALREADY_DONE
        assert why_not(pair, Moderate("bins", 3, " ")).reason is Reason.REASON_MISSING
        assert why_not(pair, Moderate("bins", 3, "x" * 1_001)).reason is Reason.TEXT_TOO_LONG
        for level in (0, 6, -2):
            assert why_not(pair, Moderate("bins", level, "x")).reason is Reason.LEVEL_OUT_OF_RANGE
        assert why_not(pair, Moderate("sea", 3, "x")).reason is Reason.UNKNOWN_DIMENSION
        outsider = why_not(pair, Moderate("bins", 3, "x"), by=GRACE)
        assert (outsider.reason, outsider.who_can) == (Reason.EITHER_FACILITATOR, pair.facilitators)

    def test_needs_both_to_have_confirmed(self) -> None:
        pair = finished_pair()
        reopened = answered(after(pair.second, ReopenAnswer("bins-q1"), by=JO), "bins", 5)
        step = Moderate("bins", 3, "x")
        assert why_not(Pair(pair.first, reopened), step).reason is Reason.NOT_CONFIRMED_BY_BOTH
        half = Pair(confirmed(answered(quick_pair().first, "bins", 2), "bins"), pair.second)
        assert isinstance(moderate(half, step, by=NIA, at=LATER), Moderated)

    def test_holds_no_more_once_a_side_has_taken_its_level_up_again(self) -> None:
        pair = moderated(finished_pair(), "roads", 3)
        later = LATER + timedelta(days=1)
        reopened = after(pair.first, ReopenAnswer("roads-q1", "New facts."), at=later)
        answers = answered(reopened, "roads", 1)
        open_again = compare(Pair(answers, pair.second))
        found = next(each for each in open_again.dimensions if each.dimension_id == "roads")
        assert (found.first, found.moderation, found.moderated, found.final) == (1, None, None, False)
        again = after(answers, ConfirmLevel("roads", seen=1, level=1), at=later)
        settled = next(
            each for each in compare(Pair(again, pair.second)).dimensions if each.dimension_id == "roads"
        )
        assert (settled.moderation, settled.moderated, settled.final) == (None, None, True)
        step = Moderate("roads", 3, "We looked at it together.")
        anew = moderate(Pair(again, pair.second), step, by=NIA, at=later)
        assert isinstance(anew, Moderated), "the same as before it, and recorded anew"
        assert compare(Pair(again, anew.second)).dimensions[0].moderated == 3


def test_the_framework_of_these_tests_has_the_dimensions_named_here() -> None:
    assert tuple(each.id for each in FRAMEWORK.dimensions) == DIMENSIONS
