"""What comes of runs of one action that are alive at the same time? Each goes on until HubSpot would leave it alone."""

from functools import partial

from harness.prove.stage import Stage, goes_on
from harness.runtime.outcome import Outcome
from harness.together import Conductor

ELSEWHERE = "runs take turns on Linux alone."


def at_once(stage: Stage, order: int, runs: int = 2) -> list[list[Outcome]]:
    """All of them from one moment on, in the order of a seed, call by call; what each attempt of each came to."""
    subject, made = stage.subject, [list[Outcome]() for _ in range(runs)]
    with Conductor(stage.portal, stage.runtime, seed=order, kept=0) as conductor:

        def begin(attempts: list[Outcome]) -> None:
            conductor.begin(subject.action, subject.event, secrets=subject.secrets, then=partial(end, attempts))

        def end(attempts: list[Outcome], outcome: Outcome) -> None:
            attempts.append(outcome)
            if goes_on(attempts):
                begin(attempts)

        for attempts in made:
            begin(attempts)
        stage.portal.clock.run_all()
    return made


def objection(stage: Stage, clean: Outcome) -> str:
    """Why it cannot be told what two runs at once leave; nothing where it can. Makes one run that takes turns, alone.

    Its account is what two runs at once are compared with: there the portal's clock goes on while the action sleeps.
    """
    if stage.runtime.start == "spawn":
        return ELSEWHERE
    (((*_, alone),)) = at_once(stage, order=1, runs=1)
    more = [problem for problem in alone.problems if problem not in clean.problems]
    if more or alone.status == "succeeded":
        return " ".join(more)
    return alone.error.sentence if alone.error is not None else f"one alone ends as {alone.status}."
