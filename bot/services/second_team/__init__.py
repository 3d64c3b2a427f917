"""Use cases between two teams: inviting the second, comparing both, and recording moderated levels."""
