"""A strict local Slack to try the bot and to test it against; it knows nothing of the rest."""
