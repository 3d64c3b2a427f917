"""The weekly digest of a channel: when it is due and what it says."""
