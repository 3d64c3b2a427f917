"""The refusals of the domain: each is a typed error whose text is a sentence a person can act on."""


class ModelError(Exception):
    """A rule of the model was broken; `str(error)` is a plain sentence."""


class UnknownId(ModelError):
    """An id was used that the framework does not have.

    Attributes:
        id: The id as it was given.
    """

    kind = "entry"
    holder = "framework"

    def __init__(self, id_: str) -> None:
        """Keep the id and word the sentence."""
        self.id = id_
        super().__init__(f"There is no {self.kind} with the id {id_!r} in this {self.holder}.")


class UnknownPrompt(UnknownId):
    """No prompt of the framework has this id."""

    kind = "prompt"


class UnknownDimension(UnknownId):
    """No dimension of the framework has this id."""

    kind = "dimension"


class UnknownGroup(UnknownId):
    """No group of the framework has this id."""

    kind = "group"


class UnknownBenefit(UnknownId):
    """No benefit of the framework has this id."""

    kind = "benefit"


class UnknownEvidence(UnknownId):
    """No piece of evidence of the assessment has this id."""

    kind = "piece of evidence"
    holder = "assessment"


class UnknownAction(UnknownId):
    """No action of the library has this id."""

    kind = "action"
    holder = "library"


class UnknownItem(UnknownId):
    """No item of the plan has this id."""

    kind = "item"
    holder = "plan"


class UnknownMilestone(UnknownId):
    """No milestone of the plan has this id."""

    kind = "milestone"
    holder = "plan"


class LevelOutOfRange(ModelError):
    """A level was given that is not a whole number from 1 to 5."""

    def __init__(self, value: object) -> None:
        """Word the sentence; only a number is repeated, never a text somebody typed."""
        self.value = value
        said = f"{value} is not a level" if isinstance(value, int | float) else "This is not a level"
        super().__init__(f"{said}: a level is a whole number from 1 to 5.")


class UnreadableSnapshot(ModelError):
    """A stored framework could not be read back."""


class UnreadableLibrary(ModelError):
    """A stored library could not be read back."""
