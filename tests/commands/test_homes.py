"""Settings, ports, homes, databases and indexes that are wrong: one line in plain words."""

import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.commands.command import PROJECT, Home

pytestmark = pytest.mark.xdist_group("front homes")


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("KENNISBANK_PORT", "abc", "KENNISBANK_PORT is wrong"),
        ("KENNISBANK_PROT", "8000", "Did you mean KENNISBANK_PORT?"),
        ("KENNISBANK_TRUSTED_ADDRESSES", "localhost:1", "is not an address and port"),
    ],
)
def test_a_wrong_setting(home: Home, name: str, value: str, part: str) -> None:
    home.settings[name] = value
    done = home.run("doctor")
    assert (done.code, part in done.said) == (1, True)


@pytest.mark.parametrize("command", ["start", "serve", "work", "migrate"])
def test_a_home_below_a_file(tmp_path: Path, command: str) -> None:
    (tmp_path / "file").touch()
    done = Home(tmp_path / "file" / "home").run(command)
    assert (done.code, "cannot be made" in done.said) == (1, True)


def test_search_and_doctor_in_a_home_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    home = Home(tmp_path / "file" / "home")
    assert "There is no index to search" in home.run("search", "x").said
    examined = home.run("doctor")
    assert (examined.code, "FAULT   KENNISBANK_HOME" in examined.out) == (1, True)
    assert examined.err == ""


def test_a_home_that_is_read_only(filled: Home, tmp_path: Path) -> None:
    shutil.copytree(filled.folder, tmp_path / "home")
    home = Home(tmp_path / "home")
    inside = (
        f"mount --bind '{home.folder}' '{home.folder}' && mount -o remount,bind,ro '{home.folder}'"
    )
    if subprocess.run(
        ["unshare", "-m", "sh", "-c", inside], capture_output=True, check=False
    ).returncode:
        pytest.skip("this account may mount nothing, so no read-only folder can be made")
    for arguments, part in (
        ("start", "cannot be written"),
        ("serve", "cannot be written"),
        ("reindex", "cannot be written"),
        ("search energie", ""),
    ):
        done = subprocess.run(
            [
                "unshare",
                "-m",
                "sh",
                "-c",
                f"{inside} && '{sys.executable}' -m kennisbank {arguments}",
            ],
            env=home.environment({}),
            cwd=PROJECT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == (1 if part else 0), done.stderr
        assert part in done.stderr
        assert len(done.stderr.splitlines()) == (1 if part else 0)


def test_a_port_that_is_taken(home: Home) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for command in ("start", "serve"):
            done = home.run(command, KENNISBANK_PORT=port)
            assert (done.code, f"port {port}" in done.said) == (1, True)


@pytest.mark.parametrize("damage", ["newer", "no database", "torn"])
def test_a_database_that_cannot_be_used(filled: Home, tmp_path: Path, damage: str) -> None:
    shutil.copytree(filled.folder, tmp_path / "home")
    home = Home(tmp_path / "home")
    database = home.folder / "kennisbank.db"
    if damage == "newer":
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("UPDATE alembic_version SET version_num = '9999'")
            connection.commit()
    else:
        whole = database.read_bytes()
        database.write_bytes(b"hallo" * 999 if damage == "no database" else whole[:20_000])
    for command in ("start", "serve", "work") if damage == "newer" else ("migrate",):
        done = home.run(command)
        assert (done.code, "kennisbank.db" in done.said) == (1, True)
    examined = home.run("doctor")
    assert (examined.code, "FAULT   The database" in examined.out) == (1, True)
    assert home.run("search", "energie").code == 0


def test_a_damaged_index_is_told_and_built_again(filled: Home, tmp_path: Path) -> None:
    shutil.copytree(filled.folder, tmp_path / "home")
    home = Home(tmp_path / "home")
    for file in (home.folder / "index" / "generations").glob("*/*"):
        content = bytearray(file.read_bytes())
        content[len(content) // 2 :: 50] = bytes(b ^ 0x55 for b in content[len(content) // 2 :: 50])
        file.write_bytes(content)
    told = home.run("search", "energie")
    assert (told.code, "`kennisbank reindex` builds a new one" in told.said) == (1, True)
    assert "warning" in home.run("doctor").out
    assert home.run("reindex").value["rebuilt"] is True
    assert home.run("search", "energie", "--json").value["total"] >= 1


def test_doctor_makes_nothing_and_names_every_setting(home: Home) -> None:
    assert "does not exist yet" in home.run("doctor").out
    assert "KENNISBANK_TRUSTED_ADDRESSES (default: none)" in home.run("doctor", "--settings").out
    assert not home.folder.exists()


def test_serve_wants_a_key(home: Home) -> None:
    done = home.run("serve", KENNISBANK_SECRET_KEY="")
    assert (done.code, "KENNISBANK_SECRET_KEY" in done.said) == (1, True)


def test_an_admin_gets_a_link(home: Home) -> None:
    done = home.run("add-admin", KENNISBANK_PORT="8123")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("http://localhost:8123/inloggen/")
    assert home.run("add-admin", " ").code == 2
    assert home.run("add-admin", "Bo", "--email", "bo").code == 2
