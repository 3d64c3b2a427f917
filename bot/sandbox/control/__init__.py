"""The control API: people act, tests look and order faults, over HTTP with JSON."""
