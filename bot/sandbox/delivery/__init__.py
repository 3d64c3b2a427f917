"""How things reach the bot: over Socket Mode or as signed HTTP requests, with Slack's retries."""
