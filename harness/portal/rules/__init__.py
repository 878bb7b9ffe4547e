"""What an account demands of its own records: required properties, stages closed to new ones, forms of values."""
