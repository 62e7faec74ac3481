"""Pure scheduling: no clock, no randomness, no I/O, no Flask and no SQLAlchemy."""
