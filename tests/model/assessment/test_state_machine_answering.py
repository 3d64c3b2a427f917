"""Opening dimensions, answering prompts and offering evidence: each rule and each refusal."""

import pytest

from model.assessment.assessment import (
    EVIDENCE_LIMIT,
    LINK_LIMIT,
    REASON_LIMIT,
    Assessment,
    DimensionState,
    PromptState,
)
from model.assessment.history import Happened
from model.assessment.steps import (
    AddEvidence,
    ConfirmLevel,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Step,
)
from model.calculation.calculator import NotApplicable
from model.refusals import Reason
from tests.model.assessments import (
    GRACE,
    LATER,
    NIA,
    NOW,
    OMAR,
    after,
    answered,
    confirmed,
    opened,
    refused,
    started,
    taken,
)


def states(assessment: Assessment, dimension: str = "roads") -> list[str]:
    return [prompt.state.value for prompt in assessment.dimension(dimension).prompts]


class TestOpening:
    def test_asks_the_first_prompt(self) -> None:
        step = taken(started(), OpenDimension("roads"), GRACE)
        dimension = step.assessment.dimension("roads")
        assert (dimension.opened_by, dimension.opened_at, dimension.state) == (
            GRACE,
            NOW,
            DimensionState.OPEN,
        )
        assert states(step.assessment) == ["asked", *["waiting"] * 4]
        [entry] = step.entries
        assert (entry.what, entry.by, entry.dimension_id) == (Happened.DIMENSION_OPENED, GRACE, "roads")

    def test_several_can_be_open_at_once(self) -> None:
        assessment = opened("roads", "parks")
        assert [dimension.state.value for dimension in assessment.dimensions] == [
            "open",
            "open",
            "not_opened",
        ]

    def test_the_second_of_two_people_is_told_who_was_first(self) -> None:
        refusal = refused(after(started(), OpenDimension("roads"), by=GRACE), OpenDimension("roads"), OMAR)
        assert (refusal.reason, refusal.by, refusal.at) == (Reason.ALREADY_DONE, GRACE, NOW)

    def test_an_unknown_dimension(self) -> None:
        assert refused(started(), OpenDimension("rivers")).reason is Reason.UNKNOWN_DIMENSION

    def test_a_dimension_that_is_not_in_scope(self) -> None:
        assert refused(started(scope=["parks"]), OpenDimension("roads")).reason is Reason.UNKNOWN_DIMENSION


class TestRecordingALevel:
    def test_the_first_press_agrees_it_and_asks_the_next(self) -> None:
        step = taken(opened(), RecordLevel("roads-q1", 4), GRACE, LATER)
        prompt = step.assessment.prompt("roads-q1")
        assert (prompt.state, prompt.level, prompt.decided_by) == (PromptState.AGREED, 4, GRACE)
        assert prompt.decided_at == LATER
        assert states(step.assessment) == ["agreed", "asked", *["waiting"] * 3]
        [entry] = step.entries
        assert (entry.what, entry.level_before, entry.level_after) == (Happened.LEVEL_AGREED, None, 4)

    def test_the_first_person_may_press_another_level(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), RecordLevel("roads-q1", 2))
        prompt = assessment.prompt("roads-q1")
        assert prompt.level == 2
        assert [vote.level for vote in prompt.votes] == [2]

    def test_a_second_person_keeps_their_vote_and_the_level_stands(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), by=GRACE)
        step = taken(assessment, RecordLevel("roads-q1", 2), OMAR)
        prompt = step.assessment.prompt("roads-q1")
        assert (prompt.level, prompt.decided_by) == (4, GRACE)
        assert [(vote.person, vote.level) for vote in prompt.votes] == [(GRACE, 4), (OMAR, 2)]
        [entry] = step.entries
        assert (entry.what, entry.level_after) == (Happened.VOTED, 2)

    def test_a_double_click_changes_nothing(self) -> None:
        refusal = refused(after(opened(), RecordLevel("roads-q1", 4)), RecordLevel("roads-q1", 4))
        assert (refusal.reason, refusal.by, refusal.at, refusal.level) == (Reason.ALREADY_DONE, NIA, NOW, 4)

    @pytest.mark.parametrize("level", [0, 6, -1, True, 3.0])
    def test_only_one_to_five(self, level: int) -> None:
        assert refused(opened(), RecordLevel("roads-q1", level)).reason is Reason.LEVEL_OUT_OF_RANGE

    def test_a_put_off_prompt_can_be_answered(self) -> None:
        assessment = after(opened(), PutOff("roads-q1"), RecordLevel("roads-q1", 1))
        assert assessment.prompt("roads-q1").level == 1

    def test_the_last_answer_makes_a_level(self) -> None:
        assessment = answered(opened("parks"), "parks", 2, 3)
        assert assessment.dimension("parks").state is DimensionState.ANSWERED
        assert assessment.dimension_level("parks") == 3

    def test_not_before_it_is_asked(self) -> None:
        assert refused(opened(), RecordLevel("roads-q2", 3)).reason is Reason.NOT_ASKED_YET
        assert refused(started(), RecordLevel("roads-q1", 3)).reason is Reason.NOT_ASKED_YET


class TestNotApplicable:
    def test_is_left_out_with_its_reason(self) -> None:
        step = taken(opened("parks"), MarkNotApplicable("parks-q1", "  The county runs them. "), GRACE)
        prompt = step.assessment.prompt("parks-q1")
        assert (prompt.state, prompt.level, prompt.reason) == (
            PromptState.NOT_APPLICABLE,
            None,
            "The county runs them.",
        )
        assert states(step.assessment, "parks") == ["not_applicable", "asked"]
        assert step.entries[0].reason == "The county runs them."

    def test_a_dimension_of_nothing_else_does_not_apply(self) -> None:
        assessment = opened("parks")
        assessment = after(assessment, *(MarkNotApplicable(f"parks-q{n}", "None here.") for n in (1, 2)))
        assert assessment.dimension("parks").state is DimensionState.ANSWERED
        assert assessment.dimension_level("parks") is NotApplicable.NOT_APPLICABLE
        assert (
            after(assessment, ConfirmLevel("parks", None, None)).dimension("parks").confirmation is not None
        )

    @pytest.mark.parametrize("reason", ["", " \n\t "])
    def test_needs_a_reason(self, reason: str) -> None:
        assert refused(opened(), MarkNotApplicable("roads-q1", reason)).reason is Reason.REASON_MISSING

    def test_the_reason_has_a_limit(self) -> None:
        refusal = refused(opened(), MarkNotApplicable("roads-q1", "x" * (REASON_LIMIT + 1)))
        assert (refusal.reason, refusal.limit) == (Reason.TEXT_TOO_LONG, REASON_LIMIT)
        assert refusal.length == REASON_LIMIT + 1
        after(opened(), MarkNotApplicable("roads-q1", f" {'x' * REASON_LIMIT} "))

    def test_what_another_has_answered_has_to_be_reopened_first(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), by=GRACE)
        refusal = refused(assessment, MarkNotApplicable("roads-q1", "Not ours."), OMAR)
        assert (refusal.reason, refusal.by, refusal.level) == (Reason.ALREADY_DECIDED, GRACE, 4)
        reopened = after(assessment, ReopenAnswer("roads-q1"), by=OMAR)
        changed = after(reopened, MarkNotApplicable("roads-q1", "Not ours."), by=OMAR)
        assert changed.prompt("roads-q1").state is PromptState.NOT_APPLICABLE

    def test_votes_stay(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), MarkNotApplicable("roads-q1", "Not ours."))
        assert [vote.level for vote in assessment.prompt("roads-q1").votes] == [4]

    def test_a_level_later_takes_the_reason_away(self) -> None:
        assessment = after(opened(), MarkNotApplicable("roads-q1", "Not ours."), RecordLevel("roads-q1", 2))
        assert (assessment.prompt("roads-q1").level, assessment.prompt("roads-q1").reason) == (2, "")


class TestPuttingOff:
    def test_asks_the_next(self) -> None:
        assessment = after(opened(), PutOff("roads-q1"), by=GRACE)
        assert states(assessment)[:3] == ["put_off", "asked", "waiting"]
        assert assessment.prompt("roads-q1").decided_by == GRACE

    def test_a_dimension_is_not_answered_while_one_is_put_off(self) -> None:
        assessment = after(opened("parks"), PutOff("parks-q1"), RecordLevel("parks-q2", 5))
        assert assessment.dimension("parks").state is DimensionState.OPEN
        refusal = refused(assessment, ConfirmLevel("parks", 5, 5))
        assert refusal.reason is Reason.DIMENSION_NOT_ANSWERED

    def test_twice(self) -> None:
        refusal = refused(after(opened(), PutOff("roads-q1"), by=GRACE), PutOff("roads-q1"), OMAR)
        assert (refusal.reason, refusal.by) == (Reason.ALREADY_DONE, GRACE)

    def test_an_answer_cannot_be_put_off(self) -> None:
        refusal = refused(after(opened(), RecordLevel("roads-q1", 3)), PutOff("roads-q1"))
        assert refusal.reason is Reason.ALREADY_DECIDED

    def test_answer_now_asks_it_again_beside_the_present_one(self) -> None:
        assessment = after(opened(), PutOff("roads-q1"), ReopenAnswer("roads-q1"))
        assert states(assessment)[:3] == ["asked", "asked", "waiting"]

    def test_one_that_is_taken_up_again_does_not_hold_up_the_rest(self) -> None:
        assessment = after(opened(), PutOff("roads-q1"), ReopenAnswer("roads-q1"), RecordLevel("roads-q2", 3))
        assert states(assessment) == ["asked", "agreed", "asked", "waiting", "waiting"]

    def test_answering_it_does_not_ask_two_more(self) -> None:
        assessment = after(opened(), PutOff("roads-q1"), ReopenAnswer("roads-q1"), RecordLevel("roads-q1", 3))
        assert states(assessment) == ["agreed", "asked", "waiting", "waiting", "waiting"]


class TestChangingAnAnswer:
    def test_it_stands_until_another_is_pressed(self) -> None:
        step = taken(after(opened(), RecordLevel("roads-q1", 4)), ReopenAnswer("roads-q1"), GRACE)
        prompt = step.assessment.prompt("roads-q1")
        assert (prompt.level, prompt.being_changed, prompt.takes_level) == (4, True, True)
        assert (step.entries[0].what, step.entries[0].level_before) == (Happened.ANSWER_REOPENED, 4)

    def test_anyone_may_then_change_it(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), ReopenAnswer("roads-q1"))
        step = taken(assessment, RecordLevel("roads-q1", 1), GRACE)
        prompt = step.assessment.prompt("roads-q1")
        assert (prompt.level, prompt.decided_by, prompt.being_changed) == (1, GRACE, False)
        assert [(vote.person, vote.level) for vote in prompt.votes] == [(NIA, 4), (GRACE, 1)]

    def test_the_same_level_keeps_it_and_its_confirmation(self) -> None:
        assessment = after(confirmed(answered(opened("bins"), "bins", 4), "bins"), ReopenAnswer("bins-q1"))
        kept = after(assessment, RecordLevel("bins-q1", 4), by=GRACE)
        assert kept.dimension("bins").state is DimensionState.CONFIRMED
        assert not kept.prompt("bins-q1").being_changed

    def test_another_level_takes_the_confirmation_back(self) -> None:
        assessment = after(confirmed(answered(opened("bins"), "bins", 4), "bins"), ReopenAnswer("bins-q1"))
        step = taken(assessment, RecordLevel("bins-q1", 3), GRACE)
        assert step.assessment.dimension("bins").state is DimensionState.ANSWERED
        assert [entry.what for entry in step.entries] == [
            Happened.LEVEL_AGREED,
            Happened.CONFIRMATION_WITHDRAWN,
        ]

    def test_twice(self) -> None:
        assessment = after(opened(), RecordLevel("roads-q1", 4), ReopenAnswer("roads-q1"))
        assert refused(assessment, ReopenAnswer("roads-q1"), GRACE).reason is Reason.ALREADY_DONE

    def test_what_is_being_asked_needs_no_reopening(self) -> None:
        assert refused(opened(), ReopenAnswer("roads-q1")).reason is Reason.ALREADY_DONE


class TestEvidence:
    def test_is_kept_with_its_author(self) -> None:
        step = taken(
            opened(), AddEvidence("roads-q1", "E1", " Survey ", " https://a.example/ "), GRACE, LATER
        )
        [evidence] = step.assessment.prompt("roads-q1").evidence
        assert (evidence.id, evidence.author, evidence.text) == ("E1", GRACE, "Survey")
        assert (evidence.link, evidence.at) == ("https://a.example/", LATER)
        assert step.entries[0].what is Happened.EVIDENCE_ADDED

    def test_is_welcome_during_a_pause(self) -> None:
        assessment = after(opened(), Pause())
        assert after(assessment, AddEvidence("roads-q1", "E1", "Survey", "")).prompt("roads-q1").evidence

    @pytest.mark.parametrize("text", ["", " \n "])
    def test_text_or_link_is_needed(self, text: str) -> None:
        assert refused(opened(), AddEvidence("roads-q1", "E1", text, " ")).reason is Reason.EVIDENCE_EMPTY

    def test_the_text_has_a_limit(self) -> None:
        refusal = refused(opened(), AddEvidence("roads-q1", "E1", "x" * (EVIDENCE_LIMIT + 1), ""))
        assert (refusal.reason, refusal.limit, refusal.length) == (Reason.TEXT_TOO_LONG, 3_000, 3_001)

    def test_so_has_the_link(self) -> None:
        link = "https://a.example/" + "x" * LINK_LIMIT
        refusal = refused(opened(), AddEvidence("roads-q1", "E1", "", link))
        assert (refusal.reason, refusal.limit) == (Reason.TEXT_TOO_LONG, LINK_LIMIT)

    @pytest.mark.parametrize(
        "link",
        [
            "a.example",
            "ftp://a.example/",
            "javascript:alert(1)",
            "https://",
            "https:///path",
            "https://a.example/ b",
            "https://a.example/<!channel>",
            "https://a.example/|label",
            "https://[a.example/",
            "https://a.example/\x00",
            "https://a.example/\ud800",
        ],
    )
    def test_a_link_is_a_web_address(self, link: str) -> None:
        assert refused(opened(), AddEvidence("roads-q1", "E1", "Survey", link)).reason is Reason.LINK_NOT_WEB

    def test_the_same_evidence_twice(self) -> None:
        assessment = after(opened(), AddEvidence("roads-q1", "E1", "Survey", ""))
        refusal = refused(assessment, AddEvidence("roads-q1", "E1", "Survey", ""))
        assert refusal.reason is Reason.ALREADY_DONE

    def test_not_before_the_dimension_is_opened(self) -> None:
        assert refused(started(), AddEvidence("roads-q1", "E1", "Survey", "")).reason is Reason.NOT_OPENED

    def test_leaves_answer_and_confirmation_as_they_are(self) -> None:
        assessment = confirmed(answered(opened("bins"), "bins", 4), "bins")
        after_it = after(assessment, AddEvidence("bins-q1", "E1", "Survey", ""))
        assert after_it.dimension("bins").confirmation == assessment.dimension("bins").confirmation


@pytest.mark.parametrize(
    "step",
    [
        RecordLevel("rivers-q1", 3),
        MarkNotApplicable("rivers-q1", "Dry."),
        PutOff("rivers-q1"),
        ReopenAnswer("rivers-q1"),
        AddEvidence("rivers-q1", "E1", "Survey", ""),
    ],
)
def test_an_unknown_prompt(step: Step) -> None:
    assert refused(opened(), step).reason is Reason.UNKNOWN_PROMPT


@pytest.mark.parametrize(
    "step",
    [
        OpenDimension("parks"),
        RecordLevel("roads-q1", 3),
        MarkNotApplicable("roads-q1", "None here."),
        PutOff("roads-q1"),
        ReopenAnswer("roads-q1"),
    ],
)
def test_a_pause_stops_it_and_says_who_paused(step: Step) -> None:
    refusal = refused(after(opened(), Pause(), by=OMAR), step, GRACE)
    assert (refusal.reason, refusal.by, refusal.at) == (Reason.ASSESSMENT_PAUSED, OMAR, NOW)
    assert refusal.who_can == (NIA, OMAR)
