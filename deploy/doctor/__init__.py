"""What is ready in an account, what can deploy do itself, and what has a person still to do? One file per subject."""
