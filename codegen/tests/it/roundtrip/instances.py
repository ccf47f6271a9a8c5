"""Makes instances of component schemas, with hypothesis-jsonschema.

Reads one JSON object a line: a document's name and its `components.schemas`. Prints one a line: the document, the schema's
name, an instance, and whether its optional members may be null. Says on stderr which schemas allow nothing.

What only limits values (`maxLength`, `pattern`, `format` and so on) is left out, as Rust's types hold all of them; but
integers are those of 64 bits, or 32 where `int32` says so, or unsigned where `uint64` does, and numbers of 32 bits are such that nothing is rounded.
A `oneOf` is made as an `anyOf`, with the discriminator that its variant asks for; `not` is left out; recursion ends at some
depth; and where a schema allows anything, the instance is one of `ANYTHING`.
"""

import json
import multiprocessing
import sys

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis_jsonschema import _from_schema as generator
from hypothesis_jsonschema import from_schema

EXAMPLES = 8
TYPES = ["boolean", "integer", "number", "string", "array", "object", "null"]

# Where anything is allowed, a few things will do; hypothesis would spend most of its time on them.
ANYTHING = {"enum": [None, False, -1, 1.5, "", "a", [], [None, 1], {}, {"a": None, "b": {"c": [[]]}}]}


def remember(make):
    """The generator makes the strategy of a member anew for each value; to remember them makes it times faster."""
    known = {}

    def remembered(schema, **options):
        key = json.dumps(schema, sort_keys=True)
        if key not in known:
            known[key] = make(schema, **options)
        return known[key]

    return remembered


setattr(generator, "__from_schema", remember(getattr(generator, "__from_schema")))


def all_of(parts):
    parts = [part for part in parts if part not in ({}, True, ANYTHING)]
    if False in parts:
        return False
    return {"allOf": parts} if len(parts) > 1 else parts[0] if parts else ANYTHING


def any_of(parts):
    parts = [part for part in parts if part is not False]
    return {"anyOf": parts} if len(parts) > 1 else parts[0] if parts else False


class Converter:
    """Turns the schemas of one document into JSON Schemas without references.

    Where recursion is cut stands `False`, the schema of nothing: optional members stay away, lists stay empty.
    """

    def __init__(self, schemas, depth, nulls):
        self.schemas = schemas
        self.depth = depth
        # Whether optional members may be null where their schemas say so.
        self.nulls = nulls

    def find(self, schema):
        """The name of the component that is referred to, and the component. What is not defined can be anything."""
        name = schema["$ref"].removeprefix("#/components/schemas/").replace("~1", "/").replace("~0", "~")
        return name, self.schemas.get(name, {})

    def convert(self, schema, path=(), null=True, closed=True):
        """`null`: whether null is let in where the schema does; `closed`: whether only named members are."""
        if isinstance(schema, bool):
            return ANYTHING if schema else False
        if "$ref" in schema:
            name, target = self.find(schema)
            if path.count(name) > 1 or len(path) > self.depth:
                return False
            return self.convert(target, (*path, name), null, closed)
        if "const" in schema:
            return {"enum": [schema["const"]]}
        types, values = schema.get("type"), schema.get("enum")
        listed = types if isinstance(types, list) else [types or self.guess(schema)]
        nullable = schema.get("nullable") or "null" in listed or (values is not None and None in values)
        listed = [one for one in listed if one]
        if not set(listed) <= set(TYPES):
            return ANYTHING
        parts = []
        if listed:
            parts.append(any_of([self.typed(schema, one, path, closed) for one in listed if one != "null"]))
        elif values is not None:
            parts.append({"enum": [one for one in values if one is not None]})
        branches = schema.get("oneOf") or schema.get("anyOf")
        if branches:
            discriminator = schema.get("discriminator")
            parts.append(any_of([self.branch(branch, discriminator, path, null, closed) for branch in branches]))
        if schema.get("allOf"):
            parts.extend(self.convert(part, path, null, False) for part in schema["allOf"])
            names = self.names(schema, set())
            if closed and names:
                parts.append({"propertyNames": {"enum": sorted(names)}})
        result = all_of(parts)
        return any_of([result, {"type": "null"}]) if nullable and null else result

    @staticmethod
    def guess(schema):
        """Without a type, a schema is of the one that it speaks of."""
        if any(key in schema for key in ["properties", "additionalProperties", "required"]):
            return "object"
        # In JSON, only a string has content of its own.
        return "array" if "items" in schema else "string" if "contentMediaType" in schema else None

    @staticmethod
    def says_itself(schema):
        """Whether items of a list may be null if their schema says so; what a component says is for properties."""
        return isinstance(schema, bool) or not ("$ref" in schema or "allOf" in schema)

    def typed(self, schema, name, path, closed):
        result = {"type": name}
        values = schema.get("enum")
        if name == "integer":
            bits = 31 if schema.get("format") == "int32" else 63
            result.update(minimum=-(2**bits), maximum=2**bits - 1)
            if schema.get("format") == "uint64":
                result.update(minimum=0, maximum=2**64 - 1)
        if name == "number" and schema.get("format") == "float":
            result.update(minimum=-(2**20), maximum=2**20, multipleOf=0.5)
        if name == "array":
            items = schema.get("items", {})
            # Some documents list the values of the items beside them.
            items = self.convert(items if values is None else {**items, "enum": values}, path, self.says_itself(items))
            result.update({"maxItems": 0} if items is False else {"items": items})
        elif values is not None:
            result["enum"] = [one for one in values if one is not None]
        if name == "object":
            properties, required = schema.get("properties", {}), schema.get("required", [])
            result["properties"] = {
                key: self.convert(value, path, self.nulls or key in required) for key, value in properties.items()
            }
            result["required"] = [key for key in required if key in properties or not closed]
            if any(result["properties"].get(key) is False for key in result["required"]):
                return False
            others = schema.get("additionalProperties", not (closed and properties and "allOf" not in schema))
            result["additionalProperties"] = self.convert(others, path, self.says_itself(others))
        return result

    def branch(self, schema, discriminator, path, null, closed):
        result = self.convert(schema, path, null, closed)
        if not discriminator or "$ref" not in schema:
            return result
        name = self.find(schema)[0]
        mapping = discriminator.get("mapping", {}).items()
        values = [value for value, target in mapping if target.split("/")[-1] == name] or [name]
        tag = discriminator["propertyName"]
        return all_of([result, {"type": "object", "properties": {tag: {"enum": values}}, "required": [tag]}])

    def names(self, schema, seen):
        """The members that an object may have. `None` if it may have any."""
        if isinstance(schema, bool):
            return set()
        if "$ref" in schema:
            name, target = self.find(schema)
            return set() if name in seen else self.names(target, seen | {name})
        if schema.get("additionalProperties"):
            return None
        parts = [part for key in ["allOf", "oneOf", "anyOf"] for part in schema.get(key, [])]
        found = [self.names(part, seen) for part in parts]
        return None if None in found else set(schema.get("properties", {})).union(*found)


def instances(schema):
    """Different instances as texts, always the same ones."""
    found = {}

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(from_schema(json.loads(schema)))
    def collect(instance):
        found[json.dumps(instance)] = None

    try:
        collect()
    except Unsatisfiable:
        pass
    return list(found)


def wanted():
    """Each document and schema with the JSON Schemas to make instances of."""
    for line in sys.stdin:
        document = json.loads(line)
        schemas = document["schemas"]
        for name, schema in schemas.items():
            texts = []
            for nulls in [False, True]:
                # A body that is null as a whole is up to what holds it. What is required may lie deep.
                made = (Converter(schemas, depth, nulls).convert(schema, (name,), False) for depth in [1, 2, 4, 8])
                text = json.dumps(next((one for one in made if one is not False), False))
                if text not in texts:
                    texts.append(text)
            yield document["document"], name, texts


if __name__ == "__main__":
    table = list(wanted())
    # The same schema is in many documents.
    different = list(dict.fromkeys(text for _, _, texts in table for text in texts))
    with multiprocessing.Pool() as pool:
        made = dict(zip(different, pool.imap(instances, different)))
    for document, name, texts in table:
        if not any(made[text] for text in texts):
            print(f"{document}: `{name}` allows nothing", file=sys.stderr)
        for nulls, text in enumerate(texts):
            for instance in made[text]:
                line = {"document": document, "schema": name, "nulls": bool(nulls), "instance": json.loads(instance)}
                print(json.dumps(line))
