"""The rules between the parts of a framework: ids used once, references that lead somewhere, five levels."""

from collections.abc import Collection, Iterator, Mapping

from model.content_files.rules import Breach, Path, mappings, repeated, texts, unknown, values


def breaches(data: Mapping[str, object], unread: Collection[str] = ()) -> tuple[Breach, ...]:
    """Find every broken rule between the parts of a framework that is given as plain data.

    Args:
        data: The framework.
        unread: The keys of which not everything could be read, so that a reference to them may be right.
    """
    return (
        *_level_numbers(data),
        *repeated(values(data, "levels", "name"), "level name"),
        *repeated(values(data, "groups", "id"), "group id"),
        *repeated(values(data, "benefits", "id"), "benefit id"),
        *repeated([*values(data, "dimensions", "id"), *_prompt_ids(data)], "id"),
        *repeated(values(data, "dimensions", "name"), "dimension name"),
        *repeated(values(data, "handbook", "id"), "chapter id"),
        *_unknown_groups(data),
        *_benefits(data),
        *(() if "dimensions" in unread else _drivers(data)),
    )


def _prompt_ids(data: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    for index, dimension in mappings(data, "dimensions"):
        for path, prompt_id in values(dimension, "prompts", "id"):
            yield ("dimensions", index, *path), prompt_id


def _level_numbers(data: Mapping[str, object]) -> Iterator[Breach]:
    levels = data.get("levels")
    if not isinstance(levels, list | tuple):
        return
    numbers = [level.get("number") for level in levels if isinstance(level, Mapping)]
    readable = all(isinstance(number, int) for number in numbers) and len(numbers) == len(levels)
    if readable and numbers != [1, 2, 3, 4, 5]:
        said = ", ".join(str(number) for number in numbers) or "none"
        yield Breach(("levels",), f"The levels must be numbered 1, 2, 3, 4, 5, in that order; here: {said}.")


def _unknown_groups(data: Mapping[str, object]) -> Iterator[Breach]:
    known = [value for _, value in values(data, "groups", "id")]
    if known:
        yield from unknown(values(data, "dimensions", "group"), "group", known)


def _benefits(data: Mapping[str, object]) -> Iterator[Breach]:
    """Check the benefits that dimensions name, in their list and in their examples."""
    if not isinstance(data.get("benefits"), list | tuple):
        return
    known = [value for _, value in values(data, "benefits", "id")]
    for index, dimension in mappings(data, "dimensions"):
        at: Path = ("dimensions", index)
        examples = [(at + path, name) for path, name in values(dimension, "benefit_examples", "benefit")]
        for places in (texts(dimension, "benefits", at), examples):
            yield from repeated(places, "benefit")
            yield from unknown(places, "benefit", known)


def _drivers(data: Mapping[str, object]) -> Iterator[Breach]:
    known = [value for _, value in values(data, "dimensions", "id")]
    for index, benefit in mappings(data, "benefits"):
        places = texts(benefit, "drivers", ("benefits", index))
        yield from repeated(places, "dimension")
        if known:
            yield from unknown(places, "dimension", known)
