"""The calendar of a workspace and of each of its people, made from what they have set."""
