"""`milepost score`: the calculator for a file of levels."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.console.faults import framework_at, stop
from bot.console.table import table

if TYPE_CHECKING:
    from model.calculation.calculator import Answer
    from model.framework.framework import Framework
    from model.score_file.result import SheetResult
    from model.score_file.sheet import ScoreSheet

_KINDS = {".yaml": "yaml", ".yml": "yaml", ".json": "json", ".csv": "csv", ".tsv": "csv"}

_HELP = "\n\n".join(
    (
        "Work out levels, overall position, targets and progress from a file.",
        "The file is YAML, JSON or CSV, by its ending. Ids are those of dimensions or prompts (milepost "
        "model "
        "show lists them), or the names of dimensions. Levels are 1 to 5 or their names; n/a needs a reason; "
        "blank is unanswered.",
        'YAML or JSON: "leadership: 3", or "leadership: {current: 3, target: 4, baseline: 2, reason: …}", '
        "or a "
        'list of rows with "id". Either may stand under a key "levels", with "targets" and "baselines" '
        "beside it.",
        'CSV: a header "id,current,target,baseline,reason", separated by commas, semicolons or tabs.',
    )
)


def register(app: typer.Typer) -> None:
    """Add `milepost score`."""
    app.command("score", help=_HELP)(score)


def score(
    file: Annotated[Path, typer.Argument(help="The file of levels.")],
    framework: Annotated[
        Path | None,
        typer.Option(
            envvar="MILEPOST_FRAMEWORK",
            show_default="the bundled framework",
            help="A framework: a folder or a single YAML file.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the results as JSON.")] = False,
) -> None:
    """Read the file, work everything out and print it; nothing is printed when a row is bad."""
    from model.score_file.result import result_data, sheet_result

    result = sheet_result(*_read(file, framework_at(framework)))
    if as_json:
        typer.echo(json.dumps(result_data(result), indent=2, ensure_ascii=False))
    else:
        typer.echo(_report(result))


def _read(file: Path, framework: "Framework") -> "tuple[Framework, ScoreSheet]":
    from bot.content_files.text_file import UnreadableFile, read_text
    from model.score_file.sheet import SheetFaults, SheetKind, read_score_sheet

    kind = _KINDS.get(file.suffix.lower())
    try:
        text = read_text(file)
        if kind is None:
            stop([f"{file}:1: Name the file .yaml, .json or .csv, so that it is clear how to read it."])
        return framework, read_score_sheet(framework, text, SheetKind(kind))
    except UnreadableFile as error:
        stop([f"{file}:{error.line}: {error.sentence}"])
    except SheetFaults as error:
        stop(f"{file}:{fault.line}: {fault.sentence}" for fault in error.faults)


def _report(result: "SheetResult") -> str:
    framework = result.framework
    parts = [f"{framework.title}, version {framework.version}", table(_rows(result)), result.explanation]
    parts.append("\n".join(_sums(result)))
    parts.append("\n".join(_outlook(result)))
    return "\n\n".join(part for part in parts if part)


def _rows(result: "SheetResult") -> list[list[str]]:
    """Make the rows of the table; a column that the file does not use is left out."""
    from model.calculation.calculator import NotApplicable

    def words(level: "Answer") -> str:
        if isinstance(level, int):
            return f"{level} {result.framework.level(level).name}"
        return "n/a" if isinstance(level, NotApplicable) else "-"

    ids = list(result.levels)
    scores = [result.scores[each] for each in ids]
    columns = [
        ["Dimension", *(result.framework.dimension(each).name for each in ids)],
        ["Level", *(words(result.levels[each]) for each in ids)],
    ]
    if any(scores):
        columns.append(["Score", *(each.shown if each else "" for each in scores)])
    if result.baselines:
        columns.append(["Baseline", *(words(result.baselines.get(each)) for each in ids)])
    if result.targets:
        columns.append(["Target", *(words(result.targets.get(each)) for each in ids)])
        columns.append(["Gap", *(str(result.gaps.get(each, "-")) for each in ids)])
    return [list(row) for row in zip(*columns, strict=True)]


def _sums(result: "SheetResult") -> list[str]:
    """Say how levels came about that the table alone does not explain."""
    from model.calculation.calculator import NotApplicable

    return [
        result.explanations[each]
        for each, level in result.levels.items()
        if result.scores[each] is not None or isinstance(level, NotApplicable)
    ]


def _outlook(result: "SheetResult") -> list[str]:
    from model.calculation.explanation import level_words

    lines = []
    if result.progress_to_target is not None:
        lines.append(f"Progress to target: {result.progress_to_target} % of the way.")
    if result.progress_from_baseline is not None:
        lines.append(f"Since the baseline: {result.progress_from_baseline:+} levels on average.")
    if result.projected is not None:
        ahead = result.projected.score
        lines.append(
            f"With every target reached: {ahead.shown}, {level_words(result.framework, ahead.level)}."
        )
    return lines
