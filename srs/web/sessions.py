"""Sessions are for pages: their forms' tokens, and what they flash. The API's calls have nothing to keep in one."""

from __future__ import annotations

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface


class PageSessions(SecureCookieSessionInterface):
    """The usual cookie for pages, and for the API a session that nothing can be put into.

    Args:
        api: the prefix of the API's addresses.
    """

    def __init__(self, api: str) -> None:
        self._api = f"{api}/"

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session; reading and checking the cookie takes as long as choosing the next card."""
        return None if request.path.startswith(self._api) else super().open_session(app, request)
