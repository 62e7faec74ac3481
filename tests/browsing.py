"""The one Chromium that all tests of a process share: Playwright runs only once in each."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright


def chromium() -> str | None:
    """Where Chromium is."""
    found = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome"))
    return next((path for path in found if path), None)


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium, or a skip where there is none (a failure where nothing may be skipped)."""
    path = chromium()
    if path is None:
        if os.environ.get("REFRESHER_REQUIRE_ALL") == "1":
            pytest.fail("There is no Chromium, and REFRESHER_REQUIRE_ALL=1 says that there has to be.")
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()
