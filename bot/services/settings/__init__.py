"""What the settings form shows, and saving what was filled in."""
