import os
from pathlib import Path

import pytest
import yaml

import bot.content_files.text_file
from bot.content_files.framework_folder import (
    FILE_LIMIT,
    framework_texts,
    library_texts,
    load_actions,
    load_framework,
    load_library,
)
from bot.content_files.text_file import UnreadableFile, decoded, read_text
from model.framework.source import FrameworkFaults
from model.library.library import ActionStatus
from model.library.source import LibraryFaults
from tests.model.frameworks import SMALL, small_texts
from tests.model.libraries import action_data


def lay_out(folder: Path) -> None:
    for name, text in framework_texts().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def test_a_folder_gives_the_same_framework_as_the_bundle(tmp_path: Path) -> None:
    lay_out(tmp_path)
    assert load_framework(tmp_path) == load_framework()


def test_hidden_files_and_other_kinds_are_left_out(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")
    (tmp_path / ".draft.yaml").write_text("\t", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "x.yaml").write_text("\t", encoding="utf-8")
    (tmp_path / "dimensions" / ".01-leadership.yaml.swp").write_bytes(b"\0")
    assert framework_texts(tmp_path).keys() == framework_texts().keys()


def test_a_mounted_folder_of_links_is_read(tmp_path: Path) -> None:
    """Kubernetes mounts a configuration as links into a hidden folder."""
    lay_out(tmp_path / "..data")
    for entry in (tmp_path / "..data").iterdir():
        (tmp_path / entry.name).symlink_to(entry)
    assert load_framework(tmp_path) == load_framework()


def test_every_unreadable_file_is_named(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "framework.yaml").write_bytes(b"id: a\ntitle: caf\xe9\n")
    (tmp_path / "dimensions" / "01-leadership.yaml").write_bytes(b"")
    with pytest.raises(FrameworkFaults) as refusal:
        load_framework(tmp_path)
    assert [(fault.file, fault.line) for fault in refusal.value.faults] == [
        ("dimensions/01-leadership.yaml", 1),
        ("framework.yaml", 2),
    ]


def test_a_folder_of_something_else_is_refused_unread(tmp_path: Path) -> None:
    for number in range(FILE_LIMIT + 1):
        (tmp_path / f"{number}.yaml").touch()
    with pytest.raises(FrameworkFaults, match="so it is no framework"):
        load_framework(tmp_path)


def test_a_folder_that_may_not_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(FrameworkFaults, match="Check its permissions"):
        load_framework(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(UnreadableFile, match="Check its permissions"):
        read_text(tmp_path / "a.txt")


def test_a_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    with pytest.raises(UnreadableFile, match="no plain file"):
        read_text(tmp_path / "pipe.yaml")


def test_a_name_that_no_file_can_have() -> None:
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_text(Path("a\0b"))
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read_text(Path("x" * 5000))


def test_the_size_limit_is_inclusive_and_the_rest_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.content_files.text_file, "SIZE_LIMIT", 4)
    assert decoded(b"abcd") == "abcd"
    with pytest.raises(UnreadableFile, match="larger than"):
        decoded(b"abcde")


def test_a_byte_order_mark_is_dropped() -> None:
    assert decoded(b"\xef\xbb\xbfid: x") == "id: x"


def own_library(folder: Path) -> Path:
    """A small framework with one action of its own."""
    for name, text in small_texts().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "library").mkdir()
    action = action_data("strategy-mine", dimension="strategy", title="Mine")
    text = yaml.safe_dump({"actions": [action]}, sort_keys=False)
    (folder / "library" / "mine.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_library_beside_a_framework_is_the_councils_own(tmp_path: Path) -> None:
    folder = own_library(tmp_path)
    assert load_framework(folder) == load_framework(SMALL)
    [action] = load_library(load_framework(folder), folder).actions
    assert (action.id, action.status, action.author) == ("strategy-mine", ActionStatus.LOCAL, None)
    assert load_actions(load_framework(folder), folder / "library").actions == (action,)
    assert load_actions(load_framework(folder), folder / "library" / "mine.yaml").actions == (action,)


def test_without_one_the_bundled_library_is_fitted_to_the_framework(tmp_path: Path) -> None:
    bundled = load_library(load_framework())
    framework = load_framework(SMALL)
    fitted = load_library(framework, SMALL)
    assert fitted == bundled.fitted_to(framework)
    assert {each.dimension for each in fitted.actions} <= {each.id for each in framework.dimensions}
    known = {prompt.id for prompt in framework.prompts}
    assert all(set(each.prompts) <= known for each in fitted.actions)
    file = tmp_path / "one.yaml"
    file.write_text("id: x", encoding="utf-8")
    assert load_library(framework, file) == fitted


def test_an_empty_library_folder_is_a_fault_and_not_the_bundled_one(tmp_path: Path) -> None:
    folder = own_library(tmp_path)
    (folder / "library" / "mine.yaml").unlink()
    with pytest.raises(LibraryFaults, match="library:1: There are no YAML files in this folder."):
        load_library(load_framework(folder), folder)


def test_a_bad_library_does_not_keep_the_framework_from_being_read(tmp_path: Path) -> None:
    folder = own_library(tmp_path)
    (folder / "library" / "mine.yaml").write_bytes(b"actions:\n- id: caf\xe9\n")
    framework = load_framework(folder)
    with pytest.raises(LibraryFaults) as refusal:
        load_library(framework, folder)
    assert [(fault.file, fault.line) for fault in refusal.value.faults] == [("library/mine.yaml", 2)]


def test_hidden_files_in_a_library_are_left_out(tmp_path: Path) -> None:
    folder = own_library(tmp_path)
    (folder / "library" / "README.md").write_text("notes", encoding="utf-8")
    (folder / "library" / ".draft.yaml").write_text("\t", encoding="utf-8")
    assert library_texts(folder).keys() == {"library/mine.yaml"}
