"""Would anybody notice? Small mistakes in the actions, one at a time, and who finds them."""
