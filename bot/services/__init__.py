"""Use cases as plain async functions: one unit of work each, no Slack in them."""
