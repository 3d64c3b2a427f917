"""What is kept of a workspace as a whole: its installation, its settings, and the digests it has had."""
