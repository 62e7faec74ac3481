"""The pages, one blueprint each."""

from __future__ import annotations

from srs.web.pages import acts, aside, home, lesson, media, optimizing, review, right_time, settings, simulating

blueprints = (
    home.home,
    review.review,
    acts.acts,
    aside.aside,
    lesson.lesson,
    settings.settings,
    optimizing.optimizing,
    right_time.right_time,
    simulating.simulating,
    media.media,
)
