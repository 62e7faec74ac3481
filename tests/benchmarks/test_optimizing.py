from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import optimizing


def test_both_sides_are_measured_on_one_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(optimizing, "_REPEATS", 1)
    fitted, adopted = optimizing.rows(tmp_path, 3000)
    assert fitted.peer is not None
    assert fitted.peer.name == "Anki"
    assert min(fitted.ours, fitted.peer.value, adopted.ours) > 0
    assert {fitted.group, adopted.group} == {optimizing.GROUP}
