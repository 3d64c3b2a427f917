"""A second team that answers the same questions for itself: invited, kept apart, and compared at the end."""
