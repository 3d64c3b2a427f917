"""The arithmetic under the calculator: exact fractions in, a score and its level out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Context, Decimal
from fractions import Fraction
from itertools import accumulate
from math import floor

from model.framework.framework import Aggregate, Rounding

_CUT = Context(prec=28, rounding=ROUND_FLOOR)


@dataclass(frozen=True)
class Weighted:
    """A number that counts as much as its weight says."""

    value: Fraction
    weight: Fraction


def aggregate(how: Aggregate, inputs: Sequence[Weighted]) -> Fraction:
    """Sum up numbers in the way the method names.

    - mean: each number times its weight, added up and divided by the sum of the weights.
    - median: the weighted median. Put the numbers in order, each as wide as its weight, and take the one in
      the middle of the whole width; when the middle falls exactly between two numbers, the mean of those two.
      With equal weights this is the usual median.
    - minimum: the lowest number; weights make no difference.

    Raises:
        ValueError: There are no numbers.
    """
    if not inputs:
        raise ValueError("there is nothing to sum up")
    if how is Aggregate.MINIMUM:
        return min(each.value for each in inputs)
    if how is Aggregate.MEDIAN:
        return _weighted_median(inputs)
    whole = sum((each.weight for each in inputs), Fraction())
    return sum((each.value * each.weight for each in inputs), Fraction()) / whole


def to_level(rounding: Rounding, value: Fraction) -> int:
    """Round an exact score to a level: a half goes up, or everything goes down, as the method says."""
    return floor(value + Fraction(1, 2)) if rounding is Rounding.HALF_UP else floor(value)


def decimal_of(value: Fraction) -> Decimal:
    """Write an exact number as a Decimal, cut (not rounded) after 28 digits.

    Cut, so that rounding it later to one decimal never passes a half that the exact number did not reach.
    """
    return _CUT.divide(Decimal(value.numerator), Decimal(value.denominator))


def _weighted_median(inputs: Sequence[Weighted]) -> Fraction:
    ordered = sorted(inputs, key=lambda each: each.value)
    widths = list(accumulate(each.weight for each in ordered))
    middle = widths[-1] / 2
    reached = next(each.value for each, width in zip(ordered, widths, strict=True) if width >= middle)
    passed = next(each.value for each, width in zip(ordered, widths, strict=True) if width > middle)
    return (reached + passed) / 2
