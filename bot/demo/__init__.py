"""A whole assessment of a made-up council, played by its people against the real bot in a local Slack."""
