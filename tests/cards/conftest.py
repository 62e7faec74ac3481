"""Property tests on a busy machine: how long an example takes says nothing about the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
