"""What a person does in Slack, each with the checks that Slack's own client makes."""
