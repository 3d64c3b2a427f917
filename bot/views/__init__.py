"""Pure functions from domain objects to Block Kit and text."""
