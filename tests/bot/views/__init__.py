"""Tests of the views: what people read, and whether Slack takes it."""

import pytest

# Its checks are called from many files; what they found is to be seen when one fails.
pytest.register_assert_rewrite("tests.bot.views.checking")
