"""How a framework works out levels, in sentences for somebody who will never see the arithmetic."""

from decimal import Decimal

from model.framework.framework import Aggregate, Framework, Rounding

_SUMS = {
    Aggregate.MEAN: "the average",
    Aggregate.MEDIAN: "the middle one",
    Aggregate.MINIMUM: "the lowest",
}
_ROUNDINGS = {
    Rounding.HALF_UP: "Sums are rounded to the nearest level, and a half goes up: 2.5 is level 3.",
    Rounding.DOWN: "Sums are rounded down: 2.9 is level 2.",
}


def method_words(framework: Framework) -> tuple[str, ...]:
    """Say how levels come about, a sentence or two for each step, without the note on the method."""
    method = framework.method
    sum_of = _SUMS[method.aggregate]
    overall = f"The council's level is {sum_of} of its dimensions' levels."
    if method.group_means:
        overall = (
            f"In each group, {sum_of} of the dimensions' levels is taken. "
            f"The council's level is {sum_of} of these, so each group counts once."
        )
    return (
        f"A dimension's level is {sum_of} of the levels agreed for its questions.",
        overall,
        _ROUNDINGS[method.rounding],
        *_weights(framework),
        "A question marked as not applicable is left out. One without an answer never counts as 1 or 0: "
        "until all are answered, the level is provisional.",
        "A facilitator confirms each dimension's level, or sets another one and says why. The confirmed "
        "level counts, and both are kept.",
        "The weakest dimension is always named beside the council's level, so that no average hides it.",
    )


def _weights(framework: Framework) -> tuple[str, ...]:
    """Say which dimensions and questions count for more or less than one; the lowest ignores weights."""
    if framework.method.aggregate is Aggregate.MINIMUM:
        return ()
    said = [
        f"{each.name} counts {each.weight:f}" for each in framework.dimensions if each.weight != Decimal(1)
    ]
    weighed = sum(1 for prompt in framework.prompts if prompt.weight != Decimal(1))
    if weighed:
        said.append(
            f"{weighed} of the {len(framework.prompts)} questions count for more or less than the others"
        )
    return (f"Weights: {'; '.join(said)}. All else counts 1.",) if said else ()
