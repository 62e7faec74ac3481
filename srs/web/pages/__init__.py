"""The pages, one blueprint each."""

from __future__ import annotations

from srs.web.pages import acts, aside, home, lesson, media, optimizing, review, settings

blueprints = (home.home, review.review, lesson.lesson, settings.settings, optimizing.optimizing, media.media)
