"""What a person is told when their settings cannot be recorded."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.wording.refusal_facts import Facts
from model.refusals import Reason

SETTINGS_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.AWAY_INCOMPLETE: lambda facts: (
        "Please choose both the first and the last day you are away; for one day, choose it twice."
    ),
    Reason.AWAY_ENDS_FIRST: lambda facts: "The last day is before the first. Please choose them again.",
    Reason.AWAY_PAST: lambda facts: "These days have passed. Please choose a last day from today on.",
    Reason.AWAY_TOO_LONG: lambda facts: (
        f"This is longer than two years. Please choose at most {facts.refusal.limit:,} days."
    ),
    Reason.TOO_OFTEN_AWAY: lambda facts: (
        f"At most {facts.refusal.limit} absences are kept. Please remove one that is not needed first."
    ),
    Reason.DAYS_CHANGED_MEANWHILE: lambda facts: (
        f"{facts.by} changed the council's days{facts.when}, while you had them open, so yours were not "
        "recorded. Here is what you wrote. Please open the settings again and add it there."
    ),
}
