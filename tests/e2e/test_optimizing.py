"""The page of a deck's parameters in a real browser, with scripts and without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from srs.db import Database, open_database
from srs.db.migrating import migrate
from tests.e2e.conftest import Visit
from tests.serving import Server
from tests.srs.lived import lived
from tests.srs.study import START_MS, Study

pytestmark = pytest.mark.xdist_group("browser")
Open = Callable[..., Visit]
PAGE = "/settings/parameters?deck_id=many"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Iterator[Server]:
    """A server over the log of a learner for whom better parameters can be found."""
    tmp_path = tmp_path_factory.mktemp("optimizing")
    server = Server(tmp_path / "data", (str(tmp_path / "many"),))
    shutil.copytree(cache, server.data / "cache")

    def study(database: Database, *folders: Path) -> Study:
        return Study(database, server.data, folders)

    with closing(open_database(server.data / "refresher.db")) as database:
        migrate(database, START_MS)
        lived(study, tmp_path, database)
    server.start()
    yield server
    server.stop()


def test_it_is_accessible_and_fits_every_width_in_both_themes(server: Server, visit: Open) -> None:
    axe = Axe()
    for theme in ("light", "dark"):
        page = visit(server, color_scheme=theme, reduced_motion="reduce").go(f"{PAGE}&compute=1")
        for summary in page.locator("summary").all():
            summary.click()
        found = axe.run(page)
        assert found.violations_count == 0, f"{theme}:\n{found.generate_report()}"
        for width in (320, 768, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def test_parameters_are_computed_adopted_and_taken_back_without_scripts(server: Server, visit: Open) -> None:
    page = visit(server, java_script_enabled=False).go(PAGE)
    expect(page.get_by_text("FSRS's defaults.")).to_be_visible()
    page.get_by_role("button", name="Compute from my reviews").click()
    expect(page.get_by_role("img", name="Calibration")).to_be_visible()
    expect(page.get_by_role("row", name="Log-loss")).to_be_visible()
    page.get_by_role("button", name="Adopt").click()
    expect(page.get_by_text("Your own parameters serve from now on.")).to_be_visible()
    page.get_by_role("button", name="Undo the adoption").click()
    expect(page.get_by_text("the parameters from before serve again")).to_be_visible()
    expect(page.get_by_text("FSRS's defaults.")).to_be_visible()
