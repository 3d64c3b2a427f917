"""From the outbox to Slack: claiming what is out of date, pacing it, and sending it exactly once."""
