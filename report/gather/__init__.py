"""From an account to the store: in steps that are kept, so that an end at any moment costs the last step alone."""
