"""What can be known without a learner: decks, notes, cards, claims, problems and their rendering."""
