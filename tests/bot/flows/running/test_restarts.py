"""A restart between any two steps changes nothing: neither what is stored nor what people see."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from tests.bot.flows.small import form, framework_folder, press
from tests.bot.stage import Stage, key_of, read, staged

Step = Callable[[Stage], Awaitable[None]]


async def _types_the_command(stage: Stage) -> None:
    await stage.open_start_form()


async def _sends_the_form(stage: Stage) -> None:
    await stage.nia.submit({"title": "On and off", "scope": ["data", "culture"], "mode": "quick"})


async def _opens_both(stage: Stage) -> None:
    board = await stage.board()
    for dimension in ("data", "culture"):
        value = next(
            block["accessory"]["value"]
            for block in board.blocks
            if "accessory" in block and f'"{dimension}"' in block["accessory"]["value"]
        )
        await press(stage, stage.omar, board, "dimension.open", value=value)


async def _answers(stage: Stage) -> None:
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("culture-1", 4, stage.grace)


async def _opens_the_evidence_form(stage: Stage) -> None:
    await press(stage, stage.omar, await stage.card("prompt", "data-1"), "evidence.add")
    await form(stage, stage.omar, "evidence")


async def _sends_evidence(stage: Stage) -> None:
    await stage.omar.submit({"evidence_text": "It is on the wiki."})


async def _puts_off(stage: Stage) -> None:
    await press(stage, stage.omar, await stage.card("prompt", "data-2"), "prompt.put_off")


async def _pauses(stage: Stage) -> None:
    await press(stage, stage.nia, await stage.board(), "assessment.pause")


async def _resumes(stage: Stage) -> None:
    board = await stage.until_reads((await stage.board()).ts, "[Resume]")
    await press(stage, stage.nia, board, "assessment.resume")
    # The card of what was put off looks the same in a pause; only the board says when it is over.
    await stage.until_reads(board.ts, "[Pause]")


async def _takes_up_what_was_put_off(stage: Stage) -> None:
    card = await stage.until_reads((await stage.card("prompt", "data-2")).ts, "[Answer now]")
    await press(stage, stage.omar, card, "prompt.reopen")


async def _answers_it(stage: Stage) -> None:
    await stage.until_reads((await stage.card("prompt", "data-2")).ts, "[3 Impactful]")
    await stage.press_level("data-2", 3, stage.omar)


async def _confirms(stage: Stage) -> None:
    for dimension in ("data", "culture"):
        card = await stage.until_reads((await stage.card("level", dimension)).ts, "[Confirm")
        await press(stage, stage.nia, card, "level.confirm")


async def _closes(stage: Stage) -> None:
    await press(stage, stage.nia, await stage.find("results:"), "assessment.close")


SCRIPT: tuple[Step, ...] = (
    _types_the_command,
    _sends_the_form,
    _opens_both,
    _answers,
    _opens_the_evidence_form,
    _sends_evidence,
    _puts_off,
    _pauses,
    _resumes,
    _takes_up_what_was_put_off,
    _answers_it,
    _confirms,
    _closes,
)
_NAMES = [step.__name__.strip("_") for step in SCRIPT]


async def _play(stage: Stage, restart_before: Sequence[int]) -> tuple[list[str], list[str]]:
    """Play the script, and return what is in the channel and what is stored, without ids and times."""
    for number, step in enumerate(SCRIPT):
        if number in restart_before:
            await stage.restart()
        await step(stage)
    seen = await stage.still()
    assessment = await stage.assessment()
    messages = seen.messages(stage.channel)
    parents = {message.ts: key_of(message) for message in messages}
    shown = sorted(f"{key_of(m)} in {parents.get(m.thread_ts or '', '-')}: {read(m)}" for m in messages)
    stored = [
        f"{prompt.prompt_id} {prompt.state} {prompt.level} {prompt.decided_by} "
        f"{[(vote.person, vote.level) for vote in prompt.votes]} {[each.text for each in prompt.evidence]}"
        for prompt in assessment.prompts
    ]
    stored.append(f"{assessment.state} {assessment.levels()}")
    evidence = [each.id for prompt in assessment.prompts for each in prompt.evidence]
    hidden = "|".join([assessment.id, *evidence, r"/p\d{16}"])
    return [re.sub(hidden, "#", line) for line in shown], stored


def _expected() -> tuple[list[str], list[str]]:
    """What every course has to end with; read off once, so that no two courses can be wrong together."""
    return (
        [
            "data-1 agreed 2 U0OMARSHAH [('U0OMARSHAH', 2)] ['It is on the wiki.']",
            "data-2 agreed 3 U0OMARSHAH [('U0OMARSHAH', 3)] []",
            "culture-1 agreed 4 U0GRACEOBI [('U0GRACEOBI', 4)] []",
            "closed {'data': 3, 'culture': 4}",
        ],
        [
            "board:# in -",
            "dimension:#:culture in -",
            "dimension:#:data in -",
            "evidence:#:#/data in dimension:#:data",
            "level:#:culture in dimension:#:culture",
            "level:#:data in dimension:#:data",
            "prompt:#:culture-1 in dimension:#:culture",
            "prompt:#:data-1 in dimension:#:data",
            "prompt:#:data-2 in dimension:#:data",
            "results:# in -",
        ],
    )


def _check(shown: list[str], stored: list[str]) -> None:
    expected_stored, expected_keys = _expected()
    assert stored == expected_stored
    assert [line.partition(": ")[0] for line in shown] == expected_keys
    text = "\n".join(shown)
    for words in (
        "closed by Nia Pryce",
        "It is on the wiki.",
        "*Data: 3 Impactful, confirmed by Nia Pryce*",
        "*Culture: 4 Mainstreamed, confirmed by Nia Pryce*",
        "*2 Developing*, recorded by Omar Shah.",
        "Overall: 4 Mainstreamed.",
        "2 of 2 dimensions confirmed",
    ):
        assert words in text, words
    assert "One moment" not in text


@pytest.mark.parametrize("number", range(len(SCRIPT)), ids=_NAMES)
async def test_a_restart_before_a_step(number: int, sqlite_url: str, tmp_path: Path) -> None:
    async with staged(sqlite_url, milepost_framework=str(framework_folder(tmp_path))) as stage:
        _check(*await _play(stage, [number]))


async def test_a_restart_before_every_step(database_url: str, tmp_path: Path) -> None:
    async with staged(database_url, milepost_framework=str(framework_folder(tmp_path))) as stage:
        _check(*await _play(stage, range(len(SCRIPT))))


async def test_no_restart_at_all(sqlite_url: str, tmp_path: Path) -> None:
    async with staged(sqlite_url, milepost_framework=str(framework_folder(tmp_path))) as stage:
        _check(*await _play(stage, ()))
