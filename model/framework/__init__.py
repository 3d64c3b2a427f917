"""A framework: its dimensions, questions and levels, read and checked, and kept as it was at the start."""
