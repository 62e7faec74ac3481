from __future__ import annotations

import json

from click.testing import CliRunner

from benchmarks import rebuilding
from benchmarks.__main__ import main


def test_a_part_alone_prints_its_rows_as_json() -> None:
    done = CliRunner().invoke(main, ["--quick", "--json", "--only", "rebuild"])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert [row["group"] for row in said["rows"]] == [rebuilding.GROUP]
    assert said["machine"]["python"]


def test_quick_and_huge_exclude_each_other() -> None:
    done = CliRunner().invoke(main, ["--quick", "--huge"])
    assert done.exit_code == 2
    assert "--quick and --huge" in done.output
