"""What listeners share: acknowledging, reading payloads, answering forms, and saying what went wrong."""
