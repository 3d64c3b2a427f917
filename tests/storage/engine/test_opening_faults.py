"""Opening a database: what is refused, and in which words."""

from __future__ import annotations

import asyncio
import os
import stat
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.engine.errors import DatabaseProblem
from tests.postgres import LOCKED, PostgresForTests
from tests.storage.material import WORKSPACE, stored

_NOBODY = 65534
_HOLD = """
import asyncio, sys
from storage.database import Database

async def hold():
    database = await Database.open(sys.argv[1])
    print("open", flush=True)
    await asyncio.Event().wait()

asyncio.run(hold())
"""


async def _problem(url: str) -> str:
    with pytest.raises(DatabaseProblem) as caught:
        await Database.open(url)
    sentence = str(caught.value)
    assert "\n" not in sentence
    return sentence


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every account can reach; pytest's own are closed to others."""
    with tempfile.TemporaryDirectory(prefix="milepost-") as name:
        path = Path(name)
        path.chmod(0o755)
        yield path


@contextmanager
def _ordinary_account() -> Iterator[None]:
    """Be somebody for whom permissions count; for root they do not."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(_NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


async def test_the_file_and_its_folder_are_made_for_their_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "100% sure? #1" / "milepost.db"
    database = await Database.open(f"sqlite:///{quote(str(path))}")
    await stored(database)
    await database.close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


async def test_a_second_opening_is_refused_until_the_first_is_closed(sqlite_url: str) -> None:
    first = await Database.open(sqlite_url)
    sentence = await _problem(sqlite_url)
    assert f"is already in use by another Milepost (process {os.getpid()}). Stop it first" in sentence
    await first.close()
    await first.close()
    again = await Database.open(sqlite_url)
    await again.close()


async def test_a_killed_process_leaves_no_lock(sqlite_url: str) -> None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", _HOLD, sqlite_url, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"open\n"
        assert f"(process {process.pid})" in await _problem(sqlite_url)
    finally:
        process.kill()
        await process.wait()
    database = await Database.open(sqlite_url)
    await database.close()


async def test_a_read_only_file(folder: Path) -> None:
    path = folder / "milepost.db"
    await (await Database.open(f"sqlite:///{path}")).close()
    path.with_name("milepost.db.lock").unlink()
    path.chmod(0o444)
    folder.chmod(0o777)
    with _ordinary_account():
        sentence = await _problem(f"sqlite:///{path}")
    assert sentence == f"Milepost cannot use {path}: the file or its folder is read-only for this account."


async def test_a_read_only_folder(folder: Path) -> None:
    folder.chmod(0o555)
    with _ordinary_account():
        sentence = await _problem(f"sqlite:///{folder}/milepost.db")
        assert "this account may not write there" in sentence
        assert "cannot be made" in await _problem(f"sqlite:///{folder}/deeper/milepost.db")
    folder.chmod(0o755)


async def test_a_file_that_may_not_be_read(folder: Path) -> None:
    path = folder / "milepost.db"
    path.touch(mode=0o000)
    with _ordinary_account():
        assert "cannot be read" in await _problem(f"sqlite:///{path}")


@pytest.mark.parametrize(
    "content", [b"not a database, only a letter", b"SQLite format 3\x00" + b"\x07" * 4096]
)
async def test_a_file_that_is_no_database(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "milepost.db"
    path.write_bytes(content)
    sentence = await _problem(f"sqlite:///{path}")
    assert "is not a SQLite database" in sentence
    assert path.read_bytes() == content


async def test_a_folder_is_no_database(tmp_path: Path) -> None:
    assert "is a folder" in await _problem(f"sqlite:///{tmp_path}")


async def test_a_lock_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "milepost.db.lock").mkdir()
    assert "a folder of that name is in the way" in await _problem(f"sqlite:///{tmp_path}/milepost.db")


async def test_a_newer_database(empty_database_url: str) -> None:
    database = await Database.open(empty_database_url)
    async with database.unit_of_work(WORKSPACE) as work:
        await work._transaction.execute(text("UPDATE alembic_version SET version_num = '9999_future'"))
        await work.commit()
    await database.close()
    for migrate in (True, False):
        with pytest.raises(DatabaseProblem, match="newer than this Milepost: it is at revision 9999_future"):
            await Database.open(empty_database_url, migrate=migrate)


async def test_a_database_of_something_else(empty_database_url: str) -> None:
    database = await Database.open(empty_database_url)
    async with database.unit_of_work(WORKSPACE) as work:
        await work._transaction.execute(text("DROP TABLE alembic_version"))
        await work.commit()
    await database.close()
    assert "that Milepost did not make" in await _problem(empty_database_url)


async def test_an_empty_database_is_refused_where_upgrading_is_not_asked_for(empty_database_url: str) -> None:
    with pytest.raises(
        DatabaseProblem, match="is empty, and this Milepost needs revision .* milepost db upgrade"
    ):
        await Database.open(empty_database_url, migrate=False)
    await (await Database.open(empty_database_url)).close()
    await (await Database.open(empty_database_url, migrate=False)).close()


async def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    sentence = await _problem(f"postgresql://name:secret@/council?host={tmp_path}")
    assert "'council'" in sentence
    assert "the server does not answer" in sentence
    assert "secret" not in sentence


async def test_a_server_without_a_secure_connection(tmp_path: Path) -> None:
    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # SSLRequest, https://www.postgresql.org/docs/18/protocol-message-formats.html; N is "no".
        await reader.readexactly(8)
        writer.write(b"N")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(refuse, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    authority = tmp_path / "ca.pem"
    authority.write_text("not a certificate")
    for options in ("sslmode=require", f"sslmode=verify-full&sslrootcert={authority}"):
        sentence = await _problem(f"postgresql://name:secret@127.0.0.1:{port}/council?{options}")
        assert "no secure connection came about" in sentence
    server.close()
    await server.wait_closed()


async def test_a_database_that_is_not_there(postgres: PostgresForTests) -> None:
    assert "there is no such database" in await _problem(postgres.url("nowhere"))


async def test_a_wrong_password(postgres: PostgresForTests, postgres_url: str) -> None:
    wrong = postgres_url.replace("postgres:@", f"{LOCKED}:wrong@")
    sentence = await _problem(wrong)
    assert "the password was not accepted" in sentence
    assert "wrong" not in sentence
    # This name may come in, but has no rights on the tables that another made.
    right = postgres_url.replace("postgres:@", f"{LOCKED}:right@")
    assert "may not" in await _problem(right)
