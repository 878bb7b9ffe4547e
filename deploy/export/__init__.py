"""The road by hand: a folder for each workflow, with a numbered checklist and everything that is pasted."""
