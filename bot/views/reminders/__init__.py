"""Reminders of milestones, nudges to vote, and what facilitators are told as a closing date comes near."""
