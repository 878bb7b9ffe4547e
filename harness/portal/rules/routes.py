"""The operations on validation rules: read those of a type, of a property, one of them, and set one."""

from typing import Any

from harness.portal.call import Answer, Call, texts_of
from harness.portal.objects.types import ObjectType, find
from harness.portal.properties.refusals import no_such_property
from harness.portal.properties.routes import reading, writing_scope
from harness.portal.refusals import bad_json, missing_keys, not_found, validation
from harness.portal.routing import Route
from harness.portal.rules.forms import FORMS, refused
from harness.portal.rules.state import Form


def type_of(call: Call) -> ObjectType:
    """The type the path names."""
    return find(call.path["objectType"])


def read_all(call: Call) -> Answer:
    """GET: the properties of a type that have rules."""
    found = call.world.rules.of(type_of(call).id)
    results = [{"propertyName": name, "propertyValidationRules": _views(forms)} for name, forms in found.items()]
    return 200, {"results": results}


def read_property(call: Call) -> Answer:
    """GET: the rules of one property."""
    return 200, {"results": _views(_forms(call))}


def read(call: Call) -> Answer:
    """GET: the rule of one type."""
    found = _forms(call).get(_rule_type(call))
    if found is None:
        raise not_found(f"Property {call.path['propertyName'][:100]} has no rule {_rule_type(call)}")
    return 200, _view(found)


def write(call: Call) -> Answer:
    """PUT: set the rule of one type; the property's other rules stay (documented)."""
    body, rule_type, forms = call.body(), _rule_type(call), _forms(call)
    if body.get("ruleArguments") is None:
        raise missing_keys("the rule", ["ruleArguments"])
    normalised = body.get("shouldApplyNormalization")
    if normalised is not None and not isinstance(normalised, bool):
        raise bad_json("expected shouldApplyNormalization of the rule to be true or false")
    arguments = tuple(texts_of(body, "ruleArguments", "the rule"))
    if wrong := refused(rule_type, arguments):
        raise validation(wrong, ruleArguments=[*arguments[:1]])
    form = Form(rule_type, arguments, normalised)
    key = (type_of(call).id, call.path["propertyName"])
    call.world.rules.forms[key] = forms | {rule_type: form}
    return 204, None


def _forms(call: Call) -> dict[str, Form]:
    type, name = type_of(call), call.path["propertyName"]
    if call.world.definitions.get(type, name) is None:
        raise no_such_property(name)
    return call.world.rules.forms.get((type.id, name), {})


def _rule_type(call: Call) -> str:
    rule_type = call.path["ruleType"]
    if rule_type not in FORMS:
        raise validation(f"ruleType must be one of {', '.join(FORMS)}", ruleType=[rule_type[:100]])
    return rule_type


def _views(forms: dict[str, Form]) -> list[dict[str, Any]]:
    return [_view(form) for form in forms.values()]


def _view(form: Form) -> dict[str, Any]:
    view: dict[str, Any] = {"ruleType": form.rule_type, "ruleArguments": list(form.arguments)}
    return view | ({"shouldApplyNormalization": form.normalised} if form.normalised is not None else {})


_ONE = "/{objectType}/{propertyName}/rule-type/{ruleType}"

ROUTES = (
    Route("GET", "property-validations", "/{objectType}", read_all, reading),
    Route("GET", "property-validations", "/{objectType}/{propertyName}", read_property, reading),
    Route("GET", "property-validations", _ONE, read, reading),
    Route("PUT", "property-validations", _ONE, write, writing_scope, write=True),
)
