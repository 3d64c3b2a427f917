"""What faces Slack on the way in: acknowledge, parse to typed values, one service call."""
