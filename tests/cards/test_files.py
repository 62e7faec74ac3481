from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from cards.files import can_write, staged, write_together, write_whole


def test_a_file_is_replaced_whole_and_nothing_lies_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write_whole(path, b"one")
    write_whole(path, b"two")
    assert path.read_bytes() == b"two"
    assert os.listdir(tmp_path) == ["a.apkg"]  # noqa: PTH208 - hidden files too


def test_a_link_goes_on_pointing_to_the_file(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "a.apkg"
    link.symlink_to(tmp_path / "real" / "b.apkg")
    write_whole(link, b"one")
    assert link.is_symlink()
    assert (tmp_path / "real" / "b.apkg").read_bytes() == b"one"


def test_others_may_read_what_the_umask_lets_them(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write_whole(tmp_path / "a.apkg", b"one")
    finally:
        os.umask(before)
    assert (tmp_path / "a.apkg").stat().st_mode & 0o777 == 0o644


def test_a_disk_that_is_full_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.apkg"
    write_whole(path, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.apkg"]  # noqa: PTH208 - hidden files too


@pytest.mark.parametrize("place", ["missing/a.apkg", "", "file/a.apkg"])
def test_a_place_where_no_file_can_be_is_told_before_and_when_writing(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("")
    path = tmp_path / place
    assert not can_write(path)
    with pytest.raises(OSError, match=r"directory|Directory"):
        write_whole(path, b"")
    assert os.listdir(tmp_path) == ["file"]  # noqa: PTH208 - hidden files too


def test_a_pipe_a_link_to_it_and_a_name_too_long_are_refused_and_stay(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.apkg"  # stands for devices too: a test that could replace /dev/null is none to run
    os.mkfifo(pipe)
    link = tmp_path / "link.apkg"
    link.symlink_to(pipe)
    for path in (pipe, link, tmp_path / f"{'x' * 300}.apkg"):
        assert not can_write(path)
        with pytest.raises(OSError, match=r"pipe|too long"):
            write_whole(path, b"data")
    assert pipe.is_fifo()
    assert sorted(os.listdir(tmp_path)) == ["link.apkg", "pipe.apkg"]  # noqa: PTH208 - hidden files too


def test_what_was_staged_and_not_put_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "a.apkg"
    write_whole(path, b"old")
    with staged(path, b"new") as file:
        assert path.read_bytes() == b"old"
        assert file.path == path
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["a.apkg"]  # noqa: PTH208 - hidden files too


def test_a_name_may_be_as_long_as_the_folder_lets_it(tmp_path: Path) -> None:
    path = tmp_path / f"{'🂡' * 62}.apkg"
    assert can_write(path)
    write_whole(path, b"one")
    assert path.read_bytes() == b"one"


def test_several_files_are_put_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old")
    write_together({tmp_path / "a.yaml": b"1", tmp_path / "b.yaml": b"2"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.yaml": b"1", "b.yaml": b"2"}


def test_where_one_of_several_cannot_be_no_other_is_written(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old")
    (tmp_path / "b.yaml").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_together({tmp_path / "a.yaml": b"1", tmp_path / "b.yaml": b"2"})
    assert sorted(os.listdir(tmp_path)) == ["a.yaml", "b.yaml"]  # noqa: PTH208 - hidden files too
    assert (tmp_path / "a.yaml").read_bytes() == b"old"


def test_where_the_last_of_several_cannot_be_put_the_others_are_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.yaml").write_bytes(b"old")
    replace = Path.replace

    def fails(self: Path, target: Path) -> Path:
        if target.name == "c.yaml":
            raise OSError(errno.EIO, "Input/output error")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="Input"):
        write_together({tmp_path / name: b"new" for name in ("a.yaml", "b.yaml", "c.yaml")})
    assert os.listdir(tmp_path) == ["a.yaml"]  # noqa: PTH208 - hidden files too
    assert (tmp_path / "a.yaml").read_bytes() == b"old"
