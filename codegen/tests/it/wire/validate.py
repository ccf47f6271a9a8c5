"""Checks requests against the documents they were generated from, with openapi-core.

Reads one JSON object a line: the document's path, the operation, and the request as it arrived. Parameters are checked
(path, query, headers and cookies, in their styles, with their types and enums), and bodies.
"""

import json
import sys
from functools import lru_cache
from urllib.parse import parse_qsl

import yaml
from jsonschema_path import SchemaPath
from openapi_core.datatypes import RequestParameters
from openapi_core.validation.request.validators import V30RequestBodyValidator, V30RequestParametersValidator
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "https://acme.example"


@lru_cache
def validators(path):
    with open(path, encoding="utf-8") as file:
        spec = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    base = spec.get("servers", [{"url": ""}])[0]["url"].split("//")[-1].partition("/")[2].rstrip("/")
    spec["servers"] = [{"url": f"{HOST}/{base}" if base else HOST}]
    drop_dangling(spec)
    mend(spec, spec.setdefault("components", {}).setdefault("schemas", {}))
    spec = SchemaPath.from_dict(spec)
    return V30RequestParametersValidator(spec), V30RequestBodyValidator(spec)


def drop_dangling(spec):
    """Parameters that the document does not define cannot be checked, and are not sent."""
    known = spec.get("components", {}).get("parameters", {})
    dangles = lambda one: "$ref" in one and one["$ref"].split("/")[-1] not in known
    for item in spec["paths"].values():
        for holder in [item, *(one for one in item.values() if isinstance(one, dict))]:
            if "parameters" in holder:
                holder["parameters"] = [one for one in holder["parameters"] if not dangles(one)]


def mend(node, schemas):
    """Schemas that are not defined allow everything; values that are listed beside the items of an array are theirs; what
    is required and nowhere described is not asked for."""
    if isinstance(node, list):
        for item in node:
            mend(item, schemas)
    elif isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith("#/components/schemas/"):
            schemas.setdefault(reference.split("/")[-1], {})
        if node.get("type") == "array" and isinstance(node.get("enum"), list) and isinstance(node.get("items"), dict):
            node["items"]["enum"] = node.pop("enum")
        if isinstance(node.get("required"), list) and isinstance(node.get("properties"), dict):
            node["required"] = [name for name in node["required"] if name in node["properties"]]
        for value in list(node.values()):
            mend(value, schemas)


class Request:
    def __init__(self, request):
        self.host_url = HOST
        self.path = request["path"]
        self.method = request["method"].lower()
        headers = Headers(request["headers"])
        self.content_type = headers.get("content-type", "")
        self.body = request["body"].encode() or None
        cookies = [tuple(pair.split("=", 1)) for pair in headers.get("cookie", "").split("; ") if pair]
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(request["query"], keep_blank_values=True)),
            header=headers,
            cookie=ImmutableMultiDict(cookies),
        )


failed = 0
passed = 0
for line in sys.stdin:
    request = json.loads(line)
    errors = [error for one in validators(request["document"]) for error in one.iter_errors(Request(request))]
    for error in errors:
        cause = f" ({error.__cause__})" if error.__cause__ else ""
        print(f"{request['document']} {request['operation']}: {error}{cause}\n  {request['path']}?{request['query']}")
    failed += bool(errors)
    passed += not errors
print(f"{passed} requests agree with their documents, {failed} do not")
sys.exit(bool(failed) or not passed)
