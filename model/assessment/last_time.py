"""What an earlier assessment of the same framework found, to look at beside the one under way.

It is the past: it counts for nothing, and who shows it says so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.assessment.assessment import Assessment, PromptProgress
from model.calculation.calculator import Answer
from model.framework.framework import Framework


@dataclass(frozen=True)
class LastTime:
    """An earlier assessment that was closed.

    Prompts and dimensions are the same by their ids; their wording, and the names of levels, may have been
    others, so what is said of last time is said in the words of `framework`.
    """

    earlier: Assessment

    @property
    def framework(self) -> Framework:
        """The framework as it was then."""
        return self.earlier.framework

    @property
    def title(self) -> str:
        """The title of that assessment."""
        return self.earlier.title

    @property
    def ended_at(self) -> datetime:
        """When it was closed."""
        return self.earlier.state_changed_at or self.earlier.started_at

    def prompt(self, prompt_id: str) -> PromptProgress | None:
        """What became of a prompt then; None when it was not asked or had no answer."""
        found = next((each for each in self.earlier.prompts if each.prompt_id == prompt_id), None)
        return None if found is None or not found.answered else found

    def level(self, dimension_id: str) -> Answer:
        """The level of a dimension then; None when it was not in the scope or had none."""
        return self.earlier.dimension_level(dimension_id) if dimension_id in self.earlier.scope else None

    def overall(self) -> int | None:
        """The overall level then; None when nothing counted."""
        overall = self.earlier.overall()
        return None if overall is None else overall.score.level
