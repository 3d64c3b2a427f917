"""Evidence by button, form, file, reaction or message shortcut, and moving or withdrawing it."""
