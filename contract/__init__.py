"""The two formats everyone reads: an action file and a workflow. Text in, dataclasses out."""
