"""The rounds that remind owners, nudge voters and tell facilitators of closing dates, and what they say."""
