"""An assessment from start to end: its people, their votes and evidence, and every step they may take."""
