"""Signs of support that nobody heard of: what Slack shows against what is known."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from model.assessment.roster import ERASED
from model.proposals.proposal import Mark, Proposal

# Just after what is known: whatever is heard of a sign from now on is newer, or older than both.
_NEXT = timedelta(microseconds=1)


def missed_signs(
    proposal: Proposal,
    place: str,
    shown: Mapping[str, Collection[str]],
    *,
    counting: Collection[str],
    unsure: Collection[str],
    begins: datetime,
) -> tuple[Mark, ...]:
    """The signs in one place that were given or taken back without our hearing of it, as they are now.

    Where somebody was erased there are none: they would be written down once more.

    Args:
        proposal: As it was before Slack was asked, so that what is heard meanwhile is newer.
        place: How the signs of this place begin.
        shown: Each sign that is there, and who gave it.
        counting: The signs that support a proposal.
        unsure: The signs of which Slack does not name everybody.
        begins: When there was nothing yet, such as when the message was written.
    """
    if any(each.person.startswith(ERASED) for each in proposal.marks):
        return ()
    marks = {(each.person, each.sign): each for each in proposal.marks}
    given = [
        Mark(person, sign, True, marks[person, sign].at + _NEXT if (person, sign) in marks else begins)
        for sign in sorted(counting)
        for person in sorted(shown.get(sign, ()))
        if (person, sign) not in marks or not marks[person, sign].on
    ]
    gone = [
        Mark(each.person, each.sign, False, each.at + _NEXT)
        for each in proposal.marks
        if each.on
        and each.sign.startswith(place)
        and each.sign not in unsure
        and each.person not in shown.get(each.sign, ())
    ]
    return (*given, *gone)
