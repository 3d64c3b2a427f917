"""When people are reminded of milestones, votes and closing dates, and when no reminder is needed."""
