"""Moving and withdrawing evidence, evidence of other people's words: each rule and each refusal."""

from __future__ import annotations

import pytest

from model.assessment.assessment import Assessment
from model.assessment.evidence import (
    EVIDENCE_LIMIT,
    FILE_NAMES_LIMIT,
    CameFrom,
    Evidence,
    Source,
    Strength,
    copied,
)
from model.assessment.evidence_rules import find_evidence, get_evidence
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import AddEvidence, Cancel, MoveEvidence, Pause, WithdrawEvidence
from model.errors import UnknownEvidence
from model.refusals import Reason, Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, opened, refused, taken

ANA, TOM = "U4ANA", "U5TOM"
PERMALINK = "https://council.slack.com/archives/C1/p1"


def with_message(assessment: Assessment | None = None) -> Assessment:
    """Grace wrote a message, and Ana logged it for a question about roads; Nia and Omar facilitate."""
    source = Source(CameFrom.MESSAGE, PERMALINK)
    step = AddEvidence("roads-q1", "E1", "Survey", "", Strength.TESTED, GRACE, NOW, source)
    return after(assessment or opened("roads", "parks"), step, by=ANA, at=LATER)


def piece(assessment: Assessment) -> Evidence:
    return get_evidence(assessment, "E1")[1]


class TestAMessage:
    def test_is_kept_with_author_time_strength_source_and_logger(self) -> None:
        assessment = with_message()
        [evidence] = assessment.prompt("roads-q1").evidence
        assert evidence == Evidence(
            "E1",
            GRACE,
            "Survey",
            "",
            NOW,
            Strength.TESTED,
            ANA,
            Source(CameFrom.MESSAGE, PERMALINK),
        )
        assert evidence.offered_by == ANA

    def test_of_ones_own_has_no_other_logger(self) -> None:
        step = AddEvidence("roads-q1", "E1", "Survey", "", author=GRACE)
        assert piece(after(opened(), step, by=GRACE)).logged_by is None
        assert piece(after(opened(), step, by=GRACE)).offered_by == GRACE

    def test_the_history_says_whose_words_they_are(self) -> None:
        step = taken(opened(), AddEvidence("roads-q1", "E1", "Survey", "", author=GRACE), ANA, LATER)
        assert step.entries == (
            HistoryEntry(
                Happened.EVIDENCE_ADDED,
                ANA,
                LATER,
                dimension_id="roads",
                prompt_id="roads-q1",
                about=GRACE,
                evidence_id="E1",
            ),
        )

    def test_a_file_needs_no_words(self) -> None:
        source = Source(CameFrom.FILE, PERMALINK, "survey.pdf")
        assert piece(after(opened(), AddEvidence("roads-q1", "E1", "", "", source=source))).source == source
        long = Source(CameFrom.FILE, PERMALINK, "x" * (FILE_NAMES_LIMIT + 1))
        refusal = refused(opened(), AddEvidence("roads-q1", "E1", "", "", source=long))
        assert (refusal.reason, refusal.limit) == (Reason.TEXT_TOO_LONG, FILE_NAMES_LIMIT)

    def test_is_logged_once_in_the_whole_assessment(self) -> None:
        refusal = refused(with_message(), AddEvidence("parks-q1", "E1", "Survey", ""), OMAR)
        assert (refusal.reason, refusal.by) == (Reason.ALREADY_DONE, ANA)


class TestMoving:
    @pytest.mark.parametrize("by", [GRACE, ANA, NIA, OMAR])
    def test_to_any_question_of_an_opened_dimension(self, by: str) -> None:
        step = taken(with_message(), MoveEvidence("E1", "parks-q2"), by, LATER)
        assert step.assessment.prompt("roads-q1").evidence == ()
        [evidence] = step.assessment.prompt("parks-q2").evidence
        assert evidence.moved is not None
        assert (evidence.moved.by, evidence.moved.at, evidence.moved.from_prompt) == (by, LATER, "roads-q1")
        assert (evidence.text, evidence.author, evidence.source.permalink) == ("Survey", GRACE, PERMALINK)
        [entry] = step.entries
        assert (entry.what, entry.by, entry.at) == (Happened.EVIDENCE_MOVED, by, LATER)
        assert (entry.from_prompt_id, entry.prompt_id, entry.dimension_id) == (
            "roads-q1",
            "parks-q2",
            "parks",
        )

    def test_it_comes_last_there(self) -> None:
        assessment = after(with_message(), AddEvidence("parks-q1", "E2", "Map", ""))
        moved = after(assessment, MoveEvidence("E1", "parks-q1"))
        assert [each.id for each in moved.prompt("parks-q1").evidence] == ["E2", "E1"]

    def test_there_and_back(self) -> None:
        back = after(with_message(), MoveEvidence("E1", "parks-q1"), MoveEvidence("E1", "roads-q1"))
        moved = piece(back).moved
        assert moved is not None and moved.from_prompt == "parks-q1"

    def test_during_a_pause(self) -> None:
        assert after(with_message(), Pause(), MoveEvidence("E1", "roads-q2")).prompt("roads-q2").evidence

    def test_somebody_else_is_told_who_can(self) -> None:
        for step in (MoveEvidence("E1", "parks-q1"), WithdrawEvidence("E1")):
            assert refused(with_message(), step, TOM) == Refusal(
                Reason.EVIDENCE_OF_OTHERS, who_can=(GRACE, ANA, NIA, OMAR)
            )

    def test_refusals(self) -> None:
        assessment = with_message()
        assert refused(assessment, MoveEvidence("E9", "parks-q1")).reason is Reason.UNKNOWN_EVIDENCE
        assert refused(assessment, MoveEvidence("E1", "rivers-q1")).reason is Reason.UNKNOWN_PROMPT
        assert refused(assessment, MoveEvidence("E1", "bins-q1")).reason is Reason.NOT_OPENED
        assert refused(assessment, MoveEvidence("E1", "roads-q1")) == Refusal(Reason.ALREADY_DONE)
        moved = after(assessment, MoveEvidence("E1", "parks-q1"), by=GRACE, at=LATER)
        again = refused(moved, MoveEvidence("E1", "parks-q1"))
        assert again == Refusal(Reason.ALREADY_DONE, by=GRACE, at=LATER)
        gone = after(assessment, WithdrawEvidence("E1"), by=GRACE, at=LATER)
        withdrawn = Refusal(Reason.EVIDENCE_WITHDRAWN, by=GRACE, at=LATER)
        assert refused(gone, MoveEvidence("E1", "parks-q1")) == withdrawn

    def test_not_after_the_end(self) -> None:
        cancelled = after(with_message(), Cancel())
        for step in (MoveEvidence("E1", "parks-q1"), WithdrawEvidence("E1")):
            assert refused(cancelled, step, GRACE).reason is Reason.ASSESSMENT_CANCELLED


class TestWithdrawing:
    @pytest.mark.parametrize("by", [GRACE, ANA, NIA])
    def test_takes_it_away_and_keeps_it_apart(self, by: str) -> None:
        step = taken(with_message(), WithdrawEvidence("E1"), by, LATER)
        prompt = step.assessment.prompt("roads-q1")
        assert prompt.evidence == ()
        [evidence] = prompt.withdrawn
        assert evidence.withdrawn is not None
        assert (evidence.withdrawn.by, evidence.withdrawn.at, evidence.text) == (by, LATER, "Survey")
        [entry] = step.entries
        assert (entry.what, entry.by, entry.evidence_id) == (Happened.EVIDENCE_WITHDRAWN, by, "E1")

    def test_twice_says_who_did(self) -> None:
        gone = after(with_message(), WithdrawEvidence("E1"), by=ANA, at=LATER)
        assert refused(gone, WithdrawEvidence("E1")) == Refusal(Reason.ALREADY_DONE, by=ANA, at=LATER)
        assert refused(gone, AddEvidence("roads-q1", "E1", "Survey", "")).reason is Reason.ALREADY_DONE

    def test_unknown(self) -> None:
        assert refused(opened(), WithdrawEvidence("E1")).reason is Reason.UNKNOWN_EVIDENCE


def test_finding() -> None:
    gone = after(with_message(), WithdrawEvidence("E1"))
    assert find_evidence(gone, "E1") == ("roads-q1", piece(gone))
    assert find_evidence(gone, "E2") is None
    with pytest.raises(UnknownEvidence, match="no piece of evidence with the id 'E2' in this assessment"):
        get_evidence(gone, "E2")


@pytest.mark.parametrize("length", [0, 1, EVIDENCE_LIMIT, EVIDENCE_LIMIT + 1, 40_000])
def test_a_copy_fits_and_says_that_it_was_cut(length: int) -> None:
    copy = copied(f" {'x' * length}\n")
    assert len(copy) == min(length, EVIDENCE_LIMIT)
    assert ("cut here" in copy) == (length > EVIDENCE_LIMIT)
