"""What an operator does with a database: back it up, inspect it, and hand out or erase what it holds."""
