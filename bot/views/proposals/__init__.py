"""The card of a proposal, its forms and its receipts."""
