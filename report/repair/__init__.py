"""Put dropped closes right: the workflow's own actions, run from here against the real account."""
