"""Everything that faces Slack or the operator."""
