"""The last that an owner is told, as the schedule has it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.services.reminders.due import owners_last
from model.calendar.working_hours import Diary
from model.reminders.occasions import Phase, ReminderSettings
from model.reminders.schedule import schedule


@pytest.mark.parametrize("overdue", [0, 1, 3])
def test_it_is_the_last_of_the_schedule_but_the_handing_over(overdue: int) -> None:
    settings = ReminderSettings(overdue=overdue)
    planned = schedule(date(2027, 6, 18), datetime(2027, 6, 1, tzinfo=UTC), diary=Diary(), settings=settings)
    own = [each.occasion for each in planned if each.occasion.phase is not Phase.HANDED_OVER]
    assert owners_last(settings) == own[-1]
