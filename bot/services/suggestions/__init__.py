"""What to suggest to a team next, and taking a suggested action into its plan."""
