"""constraints.txt pins everything that gets installed, and nothing in it is an address."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_FILE = Path(__file__).parent.parent / "constraints.txt"


def pins() -> dict[str, str]:
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return {canonicalize_name(name): version for name, _, version in (line.partition("==") for line in lines)}


def needed(name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]) -> set[str]:
    """Every distribution that installing this one brings here, itself excluded."""
    if (name, extras) in seen:
        return set()
    seen.add((name, extras))
    found: set[str] = set()
    for text in distribution(name).requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is not None and not any(marker.evaluate({"extra": extra}) for extra in ("", *extras)):
            continue
        found.add(canonicalize_name(requirement.name))
        found |= needed(requirement.name, frozenset(requirement.extras), seen)
    return found


def test_everything_that_gets_installed_is_pinned_to_what_is_tested() -> None:
    pinned = pins()
    names = needed("milepost-bot", frozenset({"dev"}), set())
    assert len(names) > 40
    for name in sorted(names):
        assert pinned.get(name) == distribution(name).version, name


def test_nothing_is_pinned_that_nothing_needs() -> None:
    build = {"setuptools"}
    names = needed("milepost-bot", frozenset({"dev"}), set()) | build
    unneeded = {name for name in pins() if name not in names and _is_installed(name)}
    assert not unneeded


def test_there_are_no_addresses() -> None:
    lines = [line for line in _FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]+==[A-Za-z0-9_.]+", line) for line in lines)


def _is_installed(name: str) -> bool:
    try:
        distribution(name)
    except PackageNotFoundError:
        return False
    return True
