"""An actions library from YAML text, or every fault in it, each with its file and line.

A library is any number of files, each with a list under the key `actions`; `content/library/README.md` shows
one. In which file an action stands makes no difference: they are sorted by dimension, step and id.
"""

from collections.abc import Mapping, Sequence

from pydantic_core import ErrorDetails

from model.content_files.faults import LibraryFaults
from model.content_files.sentences import Wording
from model.content_files.source import ContentSource, Place
from model.framework.framework import Framework
from model.library.library import Action, ActionStatus, Effort, Library, Milestone, Reading, in_order
from model.library.rules import breaches, misfits, title_key

__all__ = ["BUNDLED_AUTHOR", "BUNDLED_LICENCE", "LibraryFaults", "parse_actions", "parse_library"]

BUNDLED_AUTHOR = "Milepost contributors"
BUNDLED_LICENCE = "CC BY 4.0"

_WORDING = Wording(
    Library,
    {"actions": Action, "effort": Effort, "milestones": Milestone, "reading": Reading},
    "library/README.md beside the bundled framework",
)


def parse_library(
    texts: Mapping[str, str], framework: Framework, status: ActionStatus = ActionStatus.LOCAL
) -> Library:
    """Read a library and check it against a framework.

    Args:
        texts: The name of each file and its text.
        framework: The framework whose dimensions, prompts and benefits the actions name.
        status: Where the files come from. Bundled actions that name no author and licence get ours.

    Raises:
        LibraryFaults: Something is wrong with it; all faults are named in one go.
    """
    source = _LibrarySource(status)
    source.read(texts)
    library = source.validated(framework)
    if source.faults or library is None:
        raise LibraryFaults(source.faults)
    return Library(actions=in_order(library.actions, [each.id for each in framework.dimensions]))


def parse_actions(
    texts: Mapping[str, str], framework: Framework, beside: Sequence[Action]
) -> tuple[Action, ...]:
    """Read actions that stand beside others, which they may name as what is to be done before.

    One that has the id or the title of an action beside it is read as if it took its place.

    Args:
        texts: The name of each file and its text.
        framework: The framework whose dimensions, prompts and benefits the actions name.
        beside: The other actions.

    Raises:
        LibraryFaults: Something is wrong with the files; all faults are named in one go.
    """
    source = _LibrarySource(ActionStatus.LOCAL, beside)
    source.read(texts)
    library = source.validated(framework)
    if source.faults or library is None:
        raise LibraryFaults(source.faults)
    return in_order(library.actions[: source.read_count], [each.id for each in framework.dimensions])


class _LibrarySource(ContentSource):
    """The files of one library, put together, with what stands beside it behind them."""

    def __init__(self, status: ActionStatus, beside: Sequence[Action] = ()) -> None:
        super().__init__()
        self.read_count = 0
        self._beside = beside
        self.places[()] = Place(".", 1, "map")
        self._complete = True
        self._origin = {"status": status.value}
        if status is ActionStatus.BUNDLED:
            self._origin |= {"author": BUNDLED_AUTHOR, "licence": BUNDLED_LICENCE}

    def read(self, texts: Mapping[str, str]) -> None:
        """Put the files together."""
        actions: list[object] = []
        for name in sorted(texts):
            self._complete &= self.only_list(name, texts[name], "actions", actions)
        self.read_count = len(actions)
        written = [{**self._origin, **each} if isinstance(each, dict) else each for each in actions]
        self.data["actions"] = [*written, *self._others(written)]

    def _others(self, written: Sequence[object]) -> list[object]:
        """Those beside, as data, but for what the files take the place of."""
        ids, titles = _said(written, "id"), {title_key(each) for each in _said(written, "title")}
        others = [each for each in self._beside if each.id not in ids and title_key(each.title) not in titles]
        kept = ids | {each.id for each in others}
        data = [each.model_dump(mode="json") for each in others]
        for each in data:
            each["prerequisites"] = [name for name in each["prerequisites"] if name in kept]
        return list(data)

    def validated(self, framework: Framework) -> Library | None:
        """Check everything and note the faults."""
        broken = (*breaches(self.data, complete=self._complete), *misfits(self.data, framework))
        self.note_breaches(broken)

        def explained(error: ErrorDetails) -> bool:
            return error["type"] == "parts_disagree" and bool(broken or not self._complete)

        return self.typed(Library, _WORDING, explained)


def _said(written: Sequence[object], key: str) -> set[str]:
    """What the entries of a list say under a key, where it is text."""
    values = (each.get(key) for each in written if isinstance(each, dict))
    return {each for each in values if isinstance(each, str)}
