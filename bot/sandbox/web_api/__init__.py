"""What the bot calls: the Web API, one module for each family of methods, and the response URLs."""
