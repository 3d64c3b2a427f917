"""People who come and go, channels that take us in again, and a workspace that removes the app."""
