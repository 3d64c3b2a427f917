"""A plan as CSV: one row a milestone, and one for each item that has none."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from zoneinfo import ZoneInfo

from model.assessment.roster import ERASED
from model.plan.plan import Milestone, PlanItem
from model.plan.plan_in_context import Planned

COLUMNS = (
    "item",
    "dimension",
    "from level",
    "to level",
    "status",
    "status reason",
    "owners",
    "sponsor",
    "milestone",
    "due",
    "milestone state",
    "milestone reason",
    "measure of success",
    "notes",
    "added by",
    "added on",
    "finished on",
    "did it work",
    "what was said of it",
)
# What a spreadsheet takes for the beginning of a formula, or of another cell.
# Source: https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def plan_csv(planned: Planned, names: Mapping[str, str], zone: ZoneInfo) -> bytes:
    """Write the plan, in UTF-8 with the mark by which spreadsheets know it.

    Args:
        planned: The plan.
        names: Person id to display name; somebody without one is "a colleague".
        zone: Where the dates are.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for item in planned.plan.items:
        for milestone in item.milestones or (None,):
            writer.writerow([_safe(cell) for cell in _row(planned, item, milestone, names, zone)])
    return out.getvalue().encode("utf-8-sig")


def _row(
    planned: Planned, item: PlanItem, milestone: Milestone | None, names: Mapping[str, str], zone: ZoneInfo
) -> list[str]:
    framework = planned.assessment.framework
    ahead = ["", "", "", ""]
    if milestone is not None:
        ahead = [milestone.name, milestone.due.isoformat(), milestone.state.value, milestone.reason]
    outcome = item.outcome
    finished = "" if item.finished_at is None else item.finished_at.astimezone(zone).date().isoformat()
    return [
        item.title,
        framework.dimension(item.dimension_id).name,
        str(item.from_level),
        str(item.to_level),
        item.status.value.replace("_", " "),
        item.status_reason,
        "; ".join(_name(names, person) for person in item.owners),
        "" if item.sponsor is None else _name(names, item.sponsor),
        *ahead,
        item.success,
        item.notes,
        _name(names, item.added_by),
        item.added_at.astimezone(zone).date().isoformat(),
        finished,
        "" if outcome is None else outcome.worked.value.replace("_", " "),
        "" if outcome is None else outcome.note,
    ]


def _name(names: Mapping[str, str], person: str) -> str:
    return "a former colleague" if person.startswith(ERASED) else names.get(person) or "a colleague"


def _safe(cell: str) -> str:
    """The cell, with an apostrophe before what would be run as a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell
