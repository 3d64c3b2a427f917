"""Where our messages are in Slack, which of them are out of date, and which deliveries were handled."""
