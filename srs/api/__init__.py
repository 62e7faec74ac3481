"""The JSON API under `/api/v1`, described by its own OpenAPI document."""

from __future__ import annotations

from srs.api import (  # noqa: F401 - they register every address
    acts,
    cramming,
    grading,
    optimizing,
    placing,
    routes,
    settings,
    simulating,
    statistics,
    studying,
)
from srs.api.registry import api
from srs.api.runtime import Runtime, runtime

__all__ = ["Runtime", "api", "runtime"]
