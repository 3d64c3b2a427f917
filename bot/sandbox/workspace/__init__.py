"""The imitated workspace in memory: people, channels, what was written, and the rights of the app."""
