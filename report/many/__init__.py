"""Many accounts, or years of closes: the same analysis where the tables live."""
