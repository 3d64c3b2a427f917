"""Carrying evidence over from last time."""

from __future__ import annotations

from dataclasses import replace

from model.assessment.evidence import Carried, Evidence, Source, Strength
from model.assessment.evidence_rules import who_may_change
from model.assessment.history import Happened
from model.assessment.steps import CarryEvidence, Pause, WithdrawEvidence
from model.refusals import Reason, Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, opened, refused, started, taken

SOURCE = Source(permalink="https://a.example/1")
PIECE = Evidence("E1", OMAR, "The register", "", NOW, Strength.TESTED, GRACE, SOURCE)
OTHER = replace(PIECE, id="E2", text="The survey")


def step(*pieces: Evidence, prompt: str = "roads-q1") -> CarryEvidence:
    return CarryEvidence(prompt, pieces, "Last year", NOW)


def test_author_time_and_address_stay_and_it_says_where_it_is_from() -> None:
    outcome = taken(opened(), step(PIECE, OTHER), by=GRACE, at=LATER)
    kept = outcome.assessment.prompt("roads-q1").evidence
    carried = Carried("Last year", NOW, GRACE, LATER)
    assert kept == (replace(PIECE, carried=carried), replace(OTHER, carried=carried))
    assert [(entry.what, entry.by, entry.about, entry.evidence_id) for entry in outcome.entries] == [
        (Happened.EVIDENCE_CARRIED, GRACE, OMAR, "E1"),
        (Happened.EVIDENCE_CARRIED, GRACE, OMAR, "E2"),
    ]
    assert {OMAR, GRACE, NIA} <= set(who_may_change(outcome.assessment, "roads-q1", kept[0]))


def test_each_is_carried_once() -> None:
    once = after(opened(), step(PIECE), by=GRACE)
    again = refused(once, step(PIECE), by=OMAR)
    assert again == Refusal(Reason.ALREADY_DONE, by=GRACE, at=NOW)
    both = after(once, step(PIECE, OTHER), by=OMAR)
    assert [each.id for each in both.prompt("roads-q1").evidence] == ["E1", "E2"]
    withdrawn = after(once, WithdrawEvidence("E1"), by=GRACE)
    assert refused(withdrawn, step(PIECE)).reason is Reason.ALREADY_DONE


def test_when_it_cannot_be() -> None:
    assert refused(opened(), step()).reason is Reason.NOTHING_CHOSEN
    assert refused(started(), step(PIECE)).reason is Reason.NOT_OPENED
    assert refused(opened(), step(PIECE, prompt="lamps-q1")).reason is Reason.UNKNOWN_PROMPT
    assert after(opened(), Pause(), step(PIECE)).prompt("roads-q1").evidence, "a pause turns nothing away"
