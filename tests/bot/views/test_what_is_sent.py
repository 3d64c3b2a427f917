"""The check of what goes out knows what views build, and nothing else: no member too many."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from bot.delivery.block_kit import check_message, check_view
from bot.delivery.block_kit.blocks import BLOCKS, RICH_PARTS, RUNS
from bot.delivery.block_kit.elements import FILLED_IN, FILTER, GROUP, MRKDWN, OPTION, PRESSED, plain
from bot.delivery.block_kit.payload import VIEWS
from bot.views.block_kit.blocks import Message
from model.assessment.steps import AddEvidence, OpenDimension
from tests.bot.views.everything_shown import evidence_answers, guide_of, messages_of, views_of
from tests.bot.views.hostile import framework
from tests.bot.views.hostile_assessments import FACILITATORS, LINK, attempt, called
from tests.bot.views.plan.test_every_view import answers_of, walked
from tests.bot.views.plan.test_every_view import views_of as plan_views_of
from tests.bot.views.test_every_view import full_home
from tests.model.assessments import GRACE, NIA, started

ALLOWED = {
    **VIEWS,
    **BLOCKS,
    **RICH_PARTS,
    **RUNS,
    **FILLED_IN,
    **PRESSED,
    "plain_text": plain(75),
    "mrkdwn": MRKDWN,
    "options": OPTION,
    "option_groups": GROUP,
    "filter": FILTER,
}


def rendered() -> Iterator[Mapping[str, Any]]:
    """Everything, of a framework that is small enough for boxes to tick and of one that needs menus."""
    for dimensions, prompts in ((2, 3), (20, 2)):
        assessment = started(framework("word ", dimensions, prompts), facilitators=FACILITATORS)
        assessment = attempt(assessment, OpenDimension(assessment.scope[0]), NIA)
        first = assessment.prompts[0].prompt_id
        assessment = attempt(assessment, AddEvidence(first, "E1", "words", LINK), GRACE)
        plan = walked(assessment, "words", items=7, milestones=5, targets=1)
        for _, message in messages_of(assessment, called("Grace")):
            yield message.payload()
        for shown in (
            *views_of(assessment),
            *evidence_answers(assessment),
            *guide_of(assessment.framework),
            full_home(assessment),
            *plan_views_of(plan),
            *answers_of(plan.planned),
        ):
            yield shown.payload() if isinstance(shown, Message) else shown


def built(value: object, place: str, found: dict[str, set[str]]) -> None:
    """Note the members of every object by its type, or else by the member that holds it."""
    if isinstance(value, Mapping):
        found[value.get("type", place)] |= set(value)
        for name, member in value.items():
            built(member, name, found)
    elif isinstance(value, list | tuple):
        for member in value:
            built(member, place, found)


def test_views_build_exactly_what_is_allowed() -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for payload in rendered():
        assert (check_view if "type" in payload else check_message)(payload) == ()
        built(payload, "message", found)
    # What is chosen from the start is one of the options, in every member.
    sent = {
        kind: found[kind] for kind in found if kind not in {"message", "initial_option", "initial_options"}
    }
    assert sent == {kind: set(shape.known) for kind, shape in ALLOWED.items()}
