"""What a new user does first: clone, `make serve`, and nothing by hand."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import urllib.request
from pathlib import Path

import pytest

from tests.serving import ROOT, environment


@pytest.mark.skipif(
    os.environ.get("REFRESHER_REQUIRE_ALL") != "1", reason="installs everything anew, which takes a minute: CI does it"
)
def test_make_serve_in_a_fresh_clone_sets_itself_up_and_serves_the_math_refresher(tmp_path: Path) -> None:
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True, timeout=120)
    own = {
        name: value for name, value in environment().items() if name not in {"VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL"}
    }
    serving = subprocess.Popen(
        ["make", "serve", f"DATA={tmp_path / 'data'}", "PORT=0"],
        cwd=clone,
        env=own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert serving.stdout is not None
    said = ""
    try:
        for line in serving.stdout:
            said += line
            if found := re.search(r"http://127\.0\.0\.1:\d+/", line):
                with urllib.request.urlopen(found[0], timeout=30) as page:  # noqa: S310 - our own server, and the pattern says http
                    assert "Math Refresher" in page.read().decode()
                break
        else:
            pytest.fail(f"the server never said where it is: {said}")
    finally:
        os.killpg(serving.pid, signal.SIGTERM)
        serving.communicate(timeout=60)
    assert (tmp_path / "data" / "refresher.db").is_file()
