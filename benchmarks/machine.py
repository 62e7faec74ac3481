"""On what was measured: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
import sqlite3
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("anki", "genanki", "sqlalchemy", "flask", "waitress", "psycopg")


def machine() -> dict[str, object]:
    """The processor, its cores, the load before the run, this process's niceness, and the versions that matter."""
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1,
        "system": f"{platform.system()} {platform.release()}",
        "load_before": [round(load, 2) for load in os.getloadavg()] if hasattr(os, "getloadavg") else [],
        "niceness": os.nice(0) if hasattr(os, "nice") else 0,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        **{name: _version(name) for name in _PACKAGES},
    }


def described(facts: dict[str, object]) -> str:
    """The facts in two lines."""
    load = facts["load_before"]
    versions = ", ".join(f"{name} {facts[name]}" for name in ("python", "sqlite", *_PACKAGES))
    return (
        f"{facts['processor']}, {facts['cores']} cores, {facts['system']}; "
        f"load before the run {load}, niceness {facts['niceness']}\n{versions}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
