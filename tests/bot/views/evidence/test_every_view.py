"""However much evidence and however many questions: Slack takes every form and answer about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.block_kit.reference import Reference
from bot.views.last_time import last_time_modal
from model.assessment.assessment import Assessment
from model.assessment.last_time import LastTime
from model.assessment.steps import AddEvidence, OpenDimension, PutOff, RecordLevel
from model.content_files.text_limits import DIMENSION_LIMIT, PROMPT_LIMIT
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.everything_shown import evidence_answers, evidence_forms
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.bot.views.hostile_assessments import FACILITATORS, LINK, Walked, assessments, attempt
from tests.model.assessments import GRACE, NIA, started


@given(words.filter(str.strip), st.integers(1, 40), st.sampled_from(UNITS))
@settings(max_examples=30, deadline=None)
def test_last_time_with_much_evidence(typed: str, pieces: int, unit: str) -> None:
    """As many of the longest pieces as a window of Slack's holds, in any alphabet."""
    earlier = attempt(started(framework(unit, 1, 1)), OpenDimension(started(framework(unit, 1, 1)).scope[0]))
    prompt = earlier.prompts[0].prompt_id
    for number in range(pieces):
        text = (typed * 3_000)[:3_000] if number % 2 else "💡" * 3_000
        earlier = attempt(earlier, AddEvidence(prompt, f"E{number}", text, LINK), GRACE)
    earlier = attempt(earlier, RecordLevel(prompt, 4), GRACE)
    check_modal(last_time_modal(earlier, LastTime(earlier), prompt), pings=(GRACE,))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_answers_about_evidence(walked: Walked) -> None:
    for message in evidence_answers(walked.assessment):
        check_shown(message, pings=(NIA, GRACE))


def everything_open(unit: str, shape: tuple[int, int]) -> Assessment:
    """Every question asked, of a framework at its limits."""
    assessment = started(framework(unit, *shape), facilitators=FACILITATORS)
    for dimension in assessment.scope:
        assessment = attempt(assessment, OpenDimension(dimension))
        for prompt in assessment.dimension(dimension).prompts:
            assessment = attempt(assessment, PutOff(prompt.prompt_id))
    return assessment


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", [*SHAPES, (DIMENSION_LIMIT, PROMPT_LIMIT)])
def test_a_menu_of_every_question_of_a_long_framework(unit: str, shape: tuple[int, int]) -> None:
    """It fits a form whole. Where a message has no room for it, a button opens that form."""
    assessment = everything_open(unit, shape)
    for message in evidence_answers(assessment):
        check_shown(message, pings=(NIA, GRACE))
    offered = [
        [each["value"] for group in element["option_groups"] for each in group["options"]]
        for view in evidence_forms(assessment, assessment.prompts[0].prompt_id)
        for element in (block.get("element", {}) for block in view["blocks"])
        if "option_groups" in element
    ]
    everything = [Reference(prompt=prompt.prompt_id).encode() for prompt in assessment.prompts]
    if len(everything) > 1:
        assert everything[1:] in offered and everything in offered
    for view in evidence_forms(assessment, assessment.prompts[0].prompt_id):
        check_modal(view)
