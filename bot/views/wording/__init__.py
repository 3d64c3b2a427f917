"""The pieces that sentences are made of: people's names and words, dates, levels and teams."""
