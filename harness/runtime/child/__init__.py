"""What runs inside the action's own interpreter: Python 3.9, standard library only, no HubSpot rules."""
