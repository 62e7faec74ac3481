"""The pages, one blueprint each."""

from __future__ import annotations

from srs.web.pages import (
    acts,
    aside,
    home,
    lesson,
    media,
    optimizing,
    placing,
    review,
    right_time,
    settings,
    simulating,
    studying,
)

blueprints = (
    home.home,
    review.review,
    acts.acts,
    aside.aside,
    lesson.lesson,
    placing.placing,
    settings.settings,
    optimizing.optimizing,
    right_time.right_time,
    simulating.simulating,
    studying.studying,
    media.media,
)
