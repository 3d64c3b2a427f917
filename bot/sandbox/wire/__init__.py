"""What the bot gets to read of the workspace: records, events and interactions in Slack's JSON."""
