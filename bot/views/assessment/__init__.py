"""The board of an assessment, the cards of its dimensions and levels, its forms and its receipts."""
