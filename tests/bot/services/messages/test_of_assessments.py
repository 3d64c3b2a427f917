"""Every message that a step makes look different is brought into line; a pause does not flood the channel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_assessments import out_of_date, provisional_results, read_note_subject, shown
from bot.views.assessment.board import board
from bot.views.assessment.dimension_card import dimension_card
from bot.views.assessment.level_card import level_card
from bot.views.evidence.note import evidence_note, withdrawn_note
from bot.views.questions.quick_card import prompt_card
from bot.views.results.results import radar_chart, results
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment, DimensionState, Mode
from model.assessment.evidence_rules import get_evidence
from model.assessment.state_machine import take
from model.assessment.steps import (
    AddEvidence,
    Cancel,
    Close,
    ConfirmLevel,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    RecordLevel,
    ReopenAnswer,
    Resume,
    Reveal,
    SetClosingDate,
    Step,
    Taken,
)
from tests.model.assessments import (
    FRAMEWORK,
    GRACE,
    NIA,
    NOW,
    OMAR,
    PEOPLE,
    after,
    answered,
    any_step,
    calculated,
    confirmed,
    finished,
    opened,
    started,
)

NAMES = Names({NIA: "Nia", OMAR: "Omar", GRACE: "Grace"})
WORDS = st.sampled_from(["", "Because.", "For another reason."])


def rendered(assessment: Assessment) -> dict[str, Any]:
    """Every message of an assessment as it would look now, by key."""
    return {
        key: _look(assessment, each.message.kind, each.message.subject or "")
        for key, each in shown(assessment).items()
    }


def _look(assessment: Assessment, kind: str, subject: str) -> Any:
    match MessageKind(kind):
        case MessageKind.BOARD:
            return board(assessment, names=NAMES, threads={})
        case MessageKind.DIMENSION:
            return dimension_card(assessment, subject, names=NAMES)
        case MessageKind.PROMPT:
            return prompt_card(assessment, subject, names=NAMES)
        case MessageKind.LEVEL:
            return level_card(assessment, subject, names=NAMES)
        case MessageKind.RESULTS:
            return results(assessment)
        case MessageKind.EVIDENCE:
            prompt_id, evidence = get_evidence(assessment, read_note_subject(subject)[0])
            note = evidence_note if evidence.withdrawn is None else withdrawn_note
            return note(assessment, prompt_id, evidence, names=NAMES)
        case MessageKind.CHART:
            return radar_chart(assessment)
        case MessageKind.NOTICE | MessageKind.DELETED | MessageKind.COMPARISON:
            raise AssertionError("these belong to a channel")


def stale(before: Assessment | None, now: Assessment) -> list[str]:
    return [message.key for message in out_of_date(before, now)]


def after_step(assessment: Assessment, step: Step, by: str = NIA) -> list[str]:
    """What a step makes out of date, as kind and subject."""
    wanted = out_of_date(assessment, after(assessment, step, by=by))
    return [f"{message.kind} {message.subject or ''}".strip() for message in wanted]


def check(before: Assessment | None, now: Assessment) -> None:
    """What looks different is wanted; what went away too; results that became provisional keep up."""
    wanted = stale(before, now)
    assert len(wanted) == len(set(wanted))
    old, new = {} if before is None else rendered(before), rendered(now)
    changed = {key for key in new if old.get(key) != new[key]}
    assert changed <= set(wanted), changed - set(wanted)
    gone = {key for key in old.keys() - new.keys() if not key.startswith(f"{MessageKind.CHART}:")}
    assert gone <= set(wanted)
    assert set(wanted) <= old.keys() | new.keys()
    if before is not None and not before.complete and not now.complete:
        provisional = provisional_results(before, now)
        if results(before) != results(now):
            assert provisional is not None
            assert provisional.key == key_of(MessageKind.RESULTS, now.id)
    parents = [message.parent_key for message in out_of_date(before, now) if message.parent_key]
    assert all(parent in new or parent in old for parent in parents)


def attempt(assessment: Assessment, step: Step, by: str) -> Assessment:
    outcome = take(assessment, step, by=by, at=NOW)
    if not isinstance(outcome, Taken):
        return assessment
    check(assessment, outcome.assessment)
    return outcome.assessment


def go_on(assessment: Assessment, level: int) -> Assessment:
    """Answer what is asked and confirm what is answered, so that walks come to results."""
    for prompt in assessment.prompts:
        if prompt.takes_level:
            assessment = attempt(assessment, RecordLevel(prompt.prompt_id, level), GRACE)
    for dimension in assessment.dimensions:
        if dimension.state is DimensionState.ANSWERED:
            seen = calculated(assessment, dimension.dimension_id)
            assessment = attempt(assessment, ConfirmLevel(dimension.dimension_id, seen, seen), OMAR)
    return assessment


MOVES = st.lists(
    st.tuples(st.sampled_from(PEOPLE), any_step(FRAMEWORK, WORDS)) | st.integers(1, 5), max_size=14
)


class TestWhateverHappens:
    @given(MOVES)
    @settings(max_examples=40, deadline=None)
    def test_from_the_start(self, moves: list[tuple[str, Step] | int]) -> None:
        assessment = started()
        check(None, assessment)
        for dimension in assessment.scope:
            assessment = attempt(assessment, OpenDimension(dimension), NIA)
        for move in moves:
            assessment = (
                go_on(assessment, move) if isinstance(move, int) else attempt(assessment, move[1], move[0])
            )

    @given(MOVES)
    @settings(max_examples=40, deadline=None)
    def test_from_the_results(self, moves: list[tuple[str, Step] | int]) -> None:
        assessment = finished()
        for move in moves:
            assessment = (
                go_on(assessment, move) if isinstance(move, int) else attempt(assessment, move[1], move[0])
            )


class TestWhatIsRedrawn:
    def test_a_new_assessment_has_its_board(self) -> None:
        assessment = started()
        assert stale(None, assessment) == [f"board:{assessment.id}"]

    def test_an_opened_dimension_has_its_card_and_its_first_prompt(self) -> None:
        assert after_step(started(), OpenDimension("roads")) == [
            "board",
            "dimension roads",
            "prompt roads-q1",
        ]

    def test_an_answer_brings_the_next_prompt(self) -> None:
        assert after_step(opened(), RecordLevel("roads-q1", 3)) == [
            "board",
            "dimension roads",
            "prompt roads-q1",
            "prompt roads-q2",
        ]

    def test_the_last_answer_brings_the_level(self) -> None:
        assessment = after(opened("parks"), RecordLevel("parks-q1", 3))
        wanted = ["board", "dimension parks", "prompt parks-q2", "level parks"]
        assert after_step(assessment, RecordLevel("parks-q2", 3)) == wanted

    def test_evidence_is_posted_and_counted(self) -> None:
        wanted = ["prompt roads-q1", "evidence E1/roads"]
        assert after_step(opened(), AddEvidence("roads-q1", "E1", "Survey", "")) == wanted

    def test_the_last_confirmation_brings_results_and_chart(self) -> None:
        assessment = answered(opened("roads", "parks", "bins"), "bins", 3)
        for dimension in ("roads", "parks"):
            assessment = confirmed(answered(assessment, dimension, 3), dimension)
        kinds = [each.split()[0] for each in after_step(assessment, ConfirmLevel("bins", 3, 3))]
        assert kinds == ["board", "dimension", "level", "results", "chart"]

    def test_two_dimensions_make_no_chart(self) -> None:
        assessment = after(started(scope=["parks", "bins"]), OpenDimension("parks"), OpenDimension("bins"))
        for dimension in assessment.scope:
            assessment = confirmed(answered(assessment, dimension, 3), dimension)
        assert assessment.complete
        assert [each.message.kind for each in shown(assessment).values()][-1] == MessageKind.RESULTS

    def test_levels_that_come_back_use_the_same_chart(self) -> None:
        charts = [
            {key for key in shown(assessment) if key.startswith("chart:")}
            for assessment in (
                finished(),
                after(finished(), ConfirmLevel("bins", 3, 2, "Audit.")),
                after(finished(), ConfirmLevel("bins", 3, 2, "Audit."), ConfirmLevel("bins", 3, 3)),
            )
        ]
        assert charts[0] == charts[2] != charts[1]

    def test_results_that_are_no_longer_final_are_told(self) -> None:
        wanted = after_step(after(finished(), ReopenAnswer("bins-q1")), RecordLevel("bins-q1", 1))
        assert "results" in wanted and not any(each.startswith("chart") for each in wanted)

    def test_posted_results_keep_up_while_provisional(self) -> None:
        before = after(finished(), ReopenAnswer("bins-q1"), RecordLevel("bins-q1", 1))
        wanted = provisional_results(before, after(before, RecordLevel("bins-q1", 2)))
        assert wanted is not None and wanted.kind == MessageKind.RESULTS

    def test_a_pause_redraws_only_what_waits_for_an_answer(self) -> None:
        assessment = after(opened("roads", "parks"), *(RecordLevel(f"roads-q{n}", 3) for n in (1, 2)))
        assert after_step(assessment, Pause()) == ["board", "prompt roads-q3", "prompt parks-q1"]
        assert after_step(after(assessment, Pause()), Resume()) == [
            "board",
            "prompt roads-q3",
            "prompt parks-q1",
        ]

    def test_another_closing_date_redraws_the_board_and_the_cards_that_name_it(self) -> None:
        together = replace(opened("roads", "parks", "bins"), mode=Mode.TOGETHER)
        voted = after(together, RecordLevel("roads-q1", 2), Reveal("roads-q1"))
        changed = SetClosingDate(NOW.date(), NOW.date())
        assert after_step(voted, changed) == ["board", "prompt parks-q1", "prompt bins-q1"]
        assert after_step(after(voted, Pause()), changed) == ["board"]
        assert after_step(opened("roads"), changed) == ["board"], "in quick mode no card names it"

    def test_closing_redraws_no_card(self) -> None:
        assert after_step(finished(), Close()) == ["board", "results"]

    def test_cancelling_ends_what_is_open(self) -> None:
        assessment = after(opened("parks"), MarkNotApplicable("parks-q1", "None here."))
        assert after_step(assessment, Cancel()) == ["board", "dimension parks", "prompt parks-q2"]
