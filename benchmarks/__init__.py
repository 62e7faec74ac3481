"""Refresher beside its peers: `python -m benchmarks` measures and prints one table.

Every row has ours, the peer (genanki, real Anki) where there is one, and the floor (the same work without Refresher),
measured in turns in one run, so that a busy machine is busy for all of them. What counts are the ratios.
"""
