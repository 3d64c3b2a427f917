"""What the control API tells about the workspace, as typed values and as a person reads it."""
