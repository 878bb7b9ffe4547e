"""Is no chat lost? Synthetic weeks of an account, played through all flows under bad weather, and judged."""
