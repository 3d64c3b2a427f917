"""Whom an item concerns."""

from __future__ import annotations

from model.plan.plan import PlanItem


def concerned(item: PlanItem, facilitators: tuple[str, ...]) -> tuple[str, ...]:
    """Who is reminded of an item: its owners, else its sponsor, else the facilitators."""
    if item.owners:
        return item.owners
    return (item.sponsor,) if item.sponsor is not None else facilitators
