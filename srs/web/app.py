"""The application factory."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from srs.api import Runtime, api
from srs.api.runtime import EXTENSION
from srs.service import Context, SyncReport
from srs.service.daily import DailyCopies
from srs.service.start import COPIES
from srs.web import assets, errors, security, telling, wording
from srs.web.pages import blueprints, placing
from srs.web.sessions import PageSessions

if TYPE_CHECKING:
    from srs.authoring import Workbench

LARGEST_BODY = 64 * 1024


def _now() -> datetime:
    return datetime.now(UTC)


def create_app(
    context: Context,
    *,
    data: Path,
    hosts: frozenset[str],
    secret_key: str,
    loaded: SyncReport | None = None,
    workbench: Workbench | None = None,
    clock: Callable[[], datetime] = _now,
) -> Flask:
    """The application for one learner.

    Args:
        context: the opened service.
        data: the data folder; the math font's subset is kept in its `cache`, the day's copies in its `copies`.
        hosts: what the Host header may say, as `security.loopback_hosts` gives it.
        secret_key: signs the session cookie that the forms' tokens live in.
        loaded: what loading the decks found.
        workbench: watches the decks for their author; None for a server that learners alone use.
        clock: gives the present moment, aware.
    """
    app = Flask("srs.web", static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_MEMORY_SIZE=LARGEST_BODY,
        # A cookie is sent to every port of a host: two servers here must not take each other's for their own.
        SESSION_COOKIE_NAME=f"refresher-{hashlib.sha256(secret_key.encode()).hexdigest()[:8]}",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.session_interface = PageSessions(str(api.url_prefix))
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    found = loaded or SyncReport()
    app.extensions[EXTENSION] = Runtime(context, clock, workbench.loaded if workbench is not None else lambda: found)

    security.install(app, hosts)
    copies = DailyCopies(context.database, data / COPIES)
    app.before_request(lambda: copies.see_to(clock()))
    csrf = CSRFProtect(app)
    csrf.exempt(api)  # JSON calls are safe by their content type and by the checks of Host and Origin
    errors.install(app)
    assets.install(app, data / "cache")
    wording.install(app)
    telling.install(app)
    placing.install(app)
    app.register_blueprint(api)
    for blueprint in blueprints:
        app.register_blueprint(blueprint)
    app.jinja_env.globals["workbench"] = workbench
    if workbench is not None:
        from srs.web.pages import author  # noqa: PLC0415 - it brings the checks with it, which learners need not wait for

        author.install(app, workbench)
    return app
