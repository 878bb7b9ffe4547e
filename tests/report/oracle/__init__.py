"""An account whose every drop is known because the generator made it; imports nothing of actions/ or report/."""
