"""A small framework with several questions a dimension, and what people do in it, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.sandbox.client.client import Message, PersonHandle, ViewReport
from bot.sandbox.reports.readable_text import readable
from bot.views.block_kit.reference import Reference
from tests.bot.flows.payloads import submission_payload
from tests.bot.stage import Stage, read

LEVELS = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")


def framework_folder(
    folder: Path, actions: Sequence[dict[str, Any]] = (), others: Sequence[str] = ()
) -> Path:
    """Write the framework: Leadership with three questions, Data with two, Culture and these others with one.

    It has a library of one action and these, since reading the bundled one takes longer than most tests here.
    """
    prompts = {"leadership": 3, "data": 2, "culture": 1, **dict.fromkeys(others, 1)}
    path = folder / "framework"
    (path / "library").mkdir(parents=True)
    (path / "framework.yaml").write_text(_dumped(_framework(prompts)), "utf-8")
    (path / "library" / "data.yaml").write_text(_dumped({"actions": [_action(), *actions]}), "utf-8")
    return path


def _dumped(content: dict[str, Any]) -> str:
    written: str = yaml.dump(content, Dumper=yaml.CSafeDumper, sort_keys=False)
    return written


def _action() -> dict[str, Any]:
    return {
        "id": "data-register",
        "title": "Write down which data there is",
        "summary": "List the data sets and who looks after each.",
        "why": "What nobody knows of, nobody can use.",
        "benefits": ["efficiency"],
        "dimension": "data",
        "from_level": 1,
        "to_level": 2,
        "prompts": ["data-1"],
        "effort": {"time": "low", "money": "low", "skills": "low"},
        "weeks": 6,
        "steps": ["Ask every team.", "Write it down.", "Look at it again each quarter."],
        "milestones": [{"name": "First list", "week": 3}],
        "success": "Every team finds its data in the list.",
        "evidence": ["The list"],
    }


def _framework(prompts: dict[str, int]) -> dict[str, Any]:
    return {
        "id": "small",
        "title": "A small framework",
        "version": "1.0.0",
        "summary": "Small enough for a test.",
        "provenance_note": "All of it is made up.",
        "levels": [
            {"number": number, "name": name, "summary": f"What {name} means."}
            for number, name in enumerate(LEVELS, 1)
        ],
        "groups": [{"id": "foundations", "name": "Foundations"}],
        "benefits": [{"id": "efficiency", "name": "Efficiency", "summary": "Less waste."}],
        "method": {"note": "Our reading of the calculator."},
        "dimensions": [_dimension(name, number) for name, number in prompts.items()],
    }


def _dimension(name: str, prompts: int) -> dict[str, Any]:
    return {
        "id": name,
        "name": name.capitalize(),
        "group": "foundations",
        "summary": f"What {name} is.",
        "why_it_matters": f"Why {name} matters.",
        "benefits": ["efficiency"],
        "prompts": [
            {
                "id": f"{name}-{number}",
                "question": f"{name.capitalize()}, asked as number {number}?",
                "why": "It tells.",
                "descriptors": [f"Seen at {level.lower()}." for level in LEVELS],
            }
            for number in range(1, prompts + 1)
        ],
    }


async def about(stage: Stage, **fields: Any) -> str:
    """The value of a button of the present assessment."""
    assessment = await stage.assessment()
    return Reference(assessment=assessment.id, **fields).encode()


async def press(stage: Stage, person: PersonHandle, message: Message, action: str, **what: Any) -> None:
    """Press a button, and insist that the bot took the press in time."""
    outcome = await person.press(stage.channel, message.ts, action, **what)
    assert outcome.acknowledged, outcome


async def form(stage: Stage, person: PersonHandle, callback_id: str) -> ViewReport:
    """Wait for a form, and return it."""
    view = (await stage.modal(person, callback_id)).modal(person.id)
    assert view is not None
    return view


async def notice(stage: Stage, person: PersonHandle, words: str) -> str:
    """Wait until the window in front of a person says these words; return all that it says."""

    def says(view: ViewReport | None) -> bool:
        return view is not None and words in view.readable

    view = (await stage.slack.until(lambda seen: says(seen.modal(person.id)))).modal(person.id)
    assert view is not None
    return view.readable


async def add_evidence(
    stage: Stage, person: PersonHandle, prompt: str, text: str = "", link: str = ""
) -> None:
    """Add evidence by the button and its form."""
    await press(stage, person, await stage.card("prompt", prompt), "evidence.add")
    await form(stage, person, "evidence")
    given = {"evidence_text": text, "evidence_link": link}
    outcome = await person.submit({name: value for name, value in given.items() if value})
    assert outcome.response_action is None, outcome


async def dispatch(stage: Stage, body: dict[str, Any]) -> dict[str, Any]:
    """Hand the bot a payload that Slack's own client would not have sent; return its answer."""
    response = await stage.runtime.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert response.status == 200, response
    answer: dict[str, Any] = yaml.safe_load(response.body) if response.body else {}
    return answer


async def sent(stage: Stage, callback_id: str, metadata: str, **values: dict[str, Any]) -> dict[str, Any]:
    """Hand the bot a form of Nia's that Slack's own client would not have sent; return its answer."""
    body = submission_payload(stage, stage.nia.id, callback_id, metadata, values)
    return await dispatch(stage, body)


def shown(view: dict[str, Any]) -> str:
    """What a person reads in a view that came with an answer."""
    return readable("", view["blocks"])


def typed_words(blocks: Sequence[dict[str, Any]]) -> str:
    """What people's words look like where they are shown exactly as typed."""
    quotes = [quote for block in blocks if block["type"] == "rich_text" for quote in block["elements"]]
    return "".join(run["text"] for quote in quotes for run in quote["elements"])


def pinged(messages: Sequence[Message]) -> list[str]:
    """Who was notified by messages of the bot that everybody sees."""
    ours = [message for message in messages if message.by_bot]
    return [f"{ping}: {read(message)}" for message in ours for ping in message.pings]
