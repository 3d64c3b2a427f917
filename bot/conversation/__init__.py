"""What people write and react with in Slack, and where an answer reaches them, as typed values."""
