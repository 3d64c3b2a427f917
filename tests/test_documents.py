"""The documents name files, folders and functions that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DOCUMENTS = sorted(
    each
    for folder in (ROOT, ROOT / "model", ROOT / "storage", ROOT / "bot", ROOT / "tests")
    for each in (folder.glob("*.md") if folder == ROOT else folder.rglob("*.md"))
)
# Names of files that people choose, or that a command makes.
_MADE_UP = frozenset({"milepost.db", "migrations/versions/000N_what.py"})


def _found(document: Path, name: str) -> Path | None:
    for start in (*document.parents, ROOT / "bot"):
        if (start / name).exists():
            return start / name
    return None if "/" in name.rstrip("/") else next(document.parent.rglob(name.rstrip("/")), None)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_files_folders_and_functions_that_are_named_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    for name in re.findall(r"`([\w./]+/|[\w./]+\.(?:py|json|md|yaml|svg))`", text):
        assert name in _MADE_UP or name.startswith("/") or _found(document, name), name
    for name, function in re.findall(r"`([\w./]+\.py)` · `(\w+)`", text):
        file = _found(document, name)
        assert file is not None, name
        assert re.search(rf"def {function}\b", file.read_text("utf-8")), f"{name} has no {function}"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda each: str(each.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", document.read_text("utf-8")):
        if not target.startswith("http"):
            assert (document.parent / target).exists(), target
