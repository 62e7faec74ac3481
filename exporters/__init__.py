"""A deck (and, if wanted, one learner's history as plain rows) written to a file of another program."""
