"""Typed answers, graded as mathematics: read by a grammar, compared by value, never executed."""
