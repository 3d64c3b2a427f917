"""From agreed levels to the results: the arithmetic, each figure explained, and what other levels change."""
