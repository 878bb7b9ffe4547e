"""How HubSpot refuses a change of pipelines (that it does: documented where noted; wording guessed, except in_use)."""

from collections.abc import Sequence

from harness.portal import refusals
from harness.portal.objects.types import ObjectType
from harness.portal.refusals import Refusal


def no_such_pipeline(type: ObjectType, id: str) -> Refusal:
    """404: no pipeline with this id."""
    return refusals.not_found(f"Unable to find pipeline {id[:100]} of {type.name}")


def no_such_stage(pipeline: str, id: str) -> Refusal:
    """404: no such stage in the pipeline."""
    return refusals.not_found(f"Pipeline {pipeline} has no stage {id[:100]}")


def without_pipelines(type: ObjectType) -> Refusal:
    """400: records of this type have no pipelines."""
    return refusals.validation(f"Object type {type.name} does not support pipelines", objectType=[type.name])


def label_taken(what: str, label: str) -> Refusal:
    """400: labels are unique (documented: the spec)."""
    return refusals.validation(f"A {what} with the label {label[:100]} already exists", label=[label])


def id_taken(what: str, id: str) -> Refusal:
    """409: the id asked for is taken."""
    return refusals.conflict(f"A {what} with the id {id[:100]} already exists")


def bad_metadata(value: str) -> Refusal:
    """400: a ticket stage is open or closed (documented: the spec)."""
    return refusals.validation(f"metadata.ticketState must be OPEN or CLOSED, found {value[:50]}", ticketState=[value])


def no_stages() -> Refusal:
    """400: a pipeline has stages."""
    return refusals.validation("A pipeline needs at least one stage")


def last_pipeline() -> Refusal:
    """400: a type that has pipelines has one."""
    return refusals.validation("The last pipeline cannot be deleted")


def only_restores() -> Refusal:
    """400: archived is given only to bring a pipeline back (documented: the spec)."""
    return refusals.validation("archived can only be given as false, for an archived pipeline")


def in_use(stages: Sequence[str], records: Sequence[str]) -> Refusal:
    """400: records stand in these stages (documented: pipelines guide)."""
    return refusals.validation(
        f"Stage IDs: [{', '.join(stages)}] are being referenced by object IDs: [{', '.join(records)}]",
        sub_category="PipelineError.STAGE_ID_IN_USE",
        stageIds=list(stages),
        objectIds=list(records),
    )
