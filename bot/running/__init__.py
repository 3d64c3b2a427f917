"""The bot while it runs: what every handler has at hand, and what keeps handlers out of each other's way."""
