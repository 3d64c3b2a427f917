"""`milepost demo`: a whole assessment, counted, kept, and never a success that did not happen."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from bot.cli import build_app
from bot.content_files.framework_folder import load_framework
from bot.demo import acts, stage
from bot.demo.beginning import start
from bot.demo.play import Play
from bot.demo.transcript import Transcript

Act = Callable[[Play], Awaitable[None]]
PROGRAM = "import sys; from bot.cli import main; sys.argv = ['milepost', *sys.argv[1:]]; main()"
# What an operator's shell may hold; the demo has nothing to do with it.
IN_THE_WAY = {
    "MILEPOST_COMMAND": "/other",
    "MILEPOST_FRAMEWORK": "/does/not/exist",
    "MILEPOST_TIMEZONE": "nowhere",
    "LOG_LEVEL": "loud",
    "SLACK_BOT_TOKEN": "wrong",
    "DATABASE_URL": "mysql://elsewhere",
}
KEYS = [
    "levels",
    "overall",
    "prompts",
    "votes",
    "evidence",
    "proposals",
    "plan_items",
    "reminders",
    "digests",
    "files",
    "api_calls",
    "seconds",
]


def test_the_whole_play(tmp_path: Path) -> None:
    """Played once, since it takes the time of fifty questions; everything about it is looked at here."""
    kept = tmp_path / "kept"
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, "demo", "--json", "--out", str(kept)],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], **IN_THE_WAY},
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    summary = json.loads(ended.stdout)
    assert list(summary) == KEYS
    check_figures(summary)
    check_files(kept, summary)
    check_database(kept / stage.DATABASE_NAME, summary)
    check_transcript((kept / "transcript.md").read_text("utf-8"))


def check_figures(summary: dict[str, Any]) -> None:
    """As the play has it; what follows from the framework is worked out from the framework."""
    framework = load_framework()
    prompts = sum(len(dimension.prompts) for dimension in framework.dimensions)
    assert list(summary["levels"]) == [dimension.id for dimension in framework.dimensions]
    levels = summary["levels"]
    assert (levels["leadership"], levels["strategy"], levels["decision-making"]) == (3, 2, 4)
    assert levels["data"] == 3, "set by the facilitator"
    assert summary["overall"] == 3
    assert summary["prompts"] == prompts
    # Five assessors each; Ana's "not for me" is kept as well, and a changed vote replaces the earlier one.
    assert summary["votes"] == 5 * prompts
    assert (summary["evidence"], summary["files"]) == (3, 1)
    assert (summary["proposals"], summary["plan_items"]) == (1, 5)
    # Tom before, on and after the day; Omar twice, Grace after her snooze too, Ana around the bank holiday.
    assert summary["reminders"] >= 10
    assert summary["digests"] >= 4
    calls = summary["api_calls"]
    dimensions = len(framework.dimensions)
    # The board, the results; a card and a level for each dimension; the prompts; the evidence.
    assert calls["chat.postMessage"] >= 2 + 2 * dimensions + prompts + 3
    assert calls["views.open"] >= 9
    assert calls["files.completeUploadExternal"] == 1
    assert summary["seconds"] > 0


def check_files(kept: Path, summary: dict[str, Any]) -> None:
    """Everything that was made, and nothing left over."""
    pictures = list(kept.glob("*.png"))
    assert len(pictures) == summary["files"]
    assert pictures[0].read_bytes().startswith(b"\x89PNG")
    assert len(list(kept.iterdir())) == len(pictures) + 2


def check_database(file: Path, summary: dict[str, Any]) -> None:
    """The figures are those in the kept database."""
    with closing(sqlite3.connect(file)) as connection:

        def count(table: str) -> int:
            return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608

        assert count("assessment") == 1
        assert count("plan_item") == summary["plan_items"]
        assert count("vote") == summary["votes"]
        assert count("evidence") == summary["evidence"]
        assert count("prompt_progress") == summary["prompts"]
        rows = connection.execute("SELECT dimension_id, confirmed_level FROM dimension_progress").fetchall()
    assert dict(rows) == summary["levels"]


def check_transcript(text: str) -> None:
    """Every act is in it, in order, and no mark of Slack's is left."""
    places = [text.index(f"\n## {title}\n") for title, _ in acts.ACTS]
    assert places == sorted(places)
    assert "<@U" not in text
    assert "&lt;" not in text
    assert "Only a facilitator can do this: @Nia Pryce." in text
    for words in (
        "**Waiting for**: Jo Keane",
        "2 levels above the median",
        "Not for them: Ana Reis.",
        "Tom Hurst (voted after the reveal)",
        "Dissent: Omar and Tom would not count the depot",
        "confirmed by Nia Pryce (calculated: 2 Developing)",
        "Led by Grace Obi.",
        "3 targets set.",
        "**Not for us**, says Omar Shah",
        "Proposal, in the plan",
        "Added to the plan: **Publish the strategy in plain words**.",
        "**First version**: done, by you on 1 December 2026.",
        "You hear of it again on",
        "overdue by 21 days",
        "**The clock** moves on to Tuesday 29 December 2026",
        "It worked, says Omar Shah.",
    ):
        assert words in text
    assert "See \\<the shared drive> & the wiki." in text
    for dimension in load_framework().dimensions:
        for prompt in dimension.prompts:
            assert prompt.question in text


def played(monkeypatch: pytest.MonkeyPatch, *chosen: tuple[str, Act], out: Path | None = None) -> Result:
    """The demo with other acts."""
    monkeypatch.setattr(acts, "ACTS", chosen)
    words = ["demo", "--json"] + (["--out", str(out)] if out else [])
    return CliRunner().invoke(build_app(), words)


async def something_that_never_comes(play: Play) -> None:
    # Only here, since the start before it takes what time it takes.
    stage._PATIENCE = 0.1
    await play.stage.message("board:", "words that no board says")


async def a_press_on_nothing(play: Play) -> None:
    board = await play.stage.message("board:")
    await play.stage.person("Nia").press(play.stage.channel, board.ts, "no.such.button")


async def nothing_more(play: Play) -> None:
    """It ends without results."""


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (something_that_never_comes, "waited in vain for a message board: that says “words that no board"),
        (a_press_on_nothing, "no.such.button"),
        (nothing_more, "the results do not name an overall level"),
    ],
)
def test_a_step_that_is_missing_is_no_success(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, act: Act, sentence: str
) -> None:
    monkeypatch.setattr(stage, "_PATIENCE", stage._PATIENCE)
    result = played(monkeypatch, ("Start", start), ("Broken", act), out=tmp_path / "kept")
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.startswith("The demo stopped: ")
    assert sentence in result.stderr
    assert "## Broken" in (tmp_path / "kept" / "transcript.md").read_text("utf-8")


def test_a_folder_that_is_in_use_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for out, sentence in ((tmp_path, "is not empty"), (tmp_path / "mine", "cannot be used as a folder")):
        result = CliRunner().invoke(build_app(), ["demo", "--out", str(out)])
        assert result.exit_code == 1
        assert result.stdout == ""
        assert sentence in result.stderr
        assert result.stderr.count("\n") == 1
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_the_transcript_on_a_terminal_and_in_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    transcript = Transcript(quiet=False, names={"U1": "Nia Pryce"})
    with transcript.progress(1):
        transcript.act("The start")
        transcript.did("Omar Shah", "presses [Confirm]")
        transcript.answered("only to Omar Shah", "*No.*\n\nAsk <@U1>.")
        transcript.done()
    transcript.keep(tmp_path)
    shown = capsys.readouterr()
    assert shown.err == ""
    assert shown.out.splitlines() == [
        "",
        "The start",
        "---------",
        "Omar Shah presses [Confirm]",
        "    Milepost, only to Omar Shah:",
        "    No.",
        "    Ask @Nia Pryce.",
        "",
    ]
    assert (tmp_path / "transcript.md").read_text().splitlines()[2:] == [
        "## The start",
        "",
        "**Omar Shah** presses [Confirm]",
        "",
        "> _Milepost, only to Omar Shah:_  ",
        "> **No.**  ",
        "> Ask @Nia Pryce.  ",
    ]


def test_the_bar_keeps_out_of_a_redirected_transcript(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Standard error is a terminal here, and standard output a pipe."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    transcript = Transcript(quiet=False)
    with transcript.progress(1):
        transcript.act("The start")
        transcript.did("Omar Shah", "presses [Confirm]")
        transcript.done()
    shown = capsys.readouterr()
    assert "presses [Confirm]" in shown.out
    assert "presses" not in shown.err
    assert "The start" in shown.err


def test_quiet_shows_nothing_and_keeps_everything(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    transcript = Transcript(quiet=True)
    with transcript.progress(1):
        transcript.act("The start")
        transcript.done()
    transcript.keep(tmp_path)
    assert capsys.readouterr() == ("", "")
    assert "## The start" in (tmp_path / "transcript.md").read_text()
