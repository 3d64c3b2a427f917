"""The plan in Slack: its message, its items and targets with their forms, its questions and its receipts."""
