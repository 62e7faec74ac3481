"""Snippets of a deck, really run: by `refresher check --run-code`, and by nothing else."""
