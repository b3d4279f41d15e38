"""Published letters: text -> `PublishedLetter`, one file for each layout of the letter."""
