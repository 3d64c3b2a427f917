"""The domain of Milepost: pure rules and frozen data, no I/O, no clock, no Slack, no SQL."""
