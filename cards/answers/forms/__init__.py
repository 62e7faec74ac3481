"""The forms that an answer can be asked for in: their names, and what has each of them."""

from cards.answers.forms.has import has_form
from cards.answers.forms.kinds import MAX_PLACES, Form, FormKind, parse_form

__all__ = ["MAX_PLACES", "Form", "FormKind", "has_form", "parse_form"]
