"""The buttons of reminders and nudges."""
