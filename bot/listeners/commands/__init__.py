"""The words of the slash command, typed in a channel or written to the bot alone."""
