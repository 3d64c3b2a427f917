"""Our typed calls to Slack, the faults they can meet, and what Slack tells of people and channels."""
