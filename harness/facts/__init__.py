"""What has been seen of the real HubSpot: which of our assumptions a log confirms, and since when."""
