"""FSRS parameters from one's own history: fitted, measured on what was held out, shown before anything is changed."""
