"""Expands URI Templates (RFC 6570): reads a line of JSON with a template and its variables, writes a line with the result."""

import json
import sys

from uritemplate import expand

for line in sys.stdin:
    template, variables = json.loads(line)
    print(json.dumps(expand(template, variables)))
