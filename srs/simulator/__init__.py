"""What a year of study would bring: reviews, minutes and what is known, by desired retention."""
