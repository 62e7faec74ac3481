"""The pages: an application factory, one blueprint a page, templates and static files."""

from __future__ import annotations

from srs.web.app import create_app

__all__ = ["create_app"]
