"""What does a manager open? One HTML file that asks no other host for anything; see page.py."""
