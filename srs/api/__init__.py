"""The JSON API under `/api/v1`, described by its own OpenAPI document."""

from __future__ import annotations

from srs.api import acts, grading, optimizing, placing, routes, settings, simulating  # noqa: F401 - they register every address
from srs.api import statistics as _statistics  # noqa: F401 - it does so, too
from srs.api import studying as _studying  # noqa: F401 - so does it
from srs.api.registry import api
from srs.api.runtime import Runtime, runtime

__all__ = ["Runtime", "api", "runtime"]
