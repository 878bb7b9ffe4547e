"""From an account to a page: gather, analyse, show."""
