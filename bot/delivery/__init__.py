"""Brings Slack into line with the database: what is posted, when, and what to do when Slack refuses."""
