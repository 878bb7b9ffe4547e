"""What was changed in HubSpot's editor, taken back into the files: code, settings, wiring, whole workflows."""
