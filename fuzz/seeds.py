"""Writes the inputs that the fuzz targets start from, out of the documents and payloads of the tests: seeds.py FOLDER."""

import pathlib
import sys

root = pathlib.Path(__file__).resolve().parent.parent
golden = root / "codegen/tests/golden"
payloads = sorted((root / "tests/it/payloads").glob("*.json"))
folder = pathlib.Path(sys.argv[1])


def write(target, name, data):
    path = folder / target / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


specs = {path.parent.name: path.read_bytes() for path in sorted(golden.glob("*/spec.yaml"))}
specs["longtask"] = (root / "spec/longtask.yaml").read_bytes()
for name, spec in specs.items():
    write("generate", name, spec)

overlays = {path.parent.name: path.read_bytes() for path in sorted(golden.glob("*/overlay.yaml"))}
overlays["longtask"] = (root / "spec/longtask.overlay.yaml").read_bytes()
for name, overlay in overlays.items():
    write("overlay", name, overlay + b"\n===\n" + specs.get(name, specs["longtask"]))
write("overlay", "alone", b"overlay: 1.0.0\nactions:\n  - { target: '$.paths[?@.get].get', update: { tags: [a] } }\n  - { target: '$..tags', remove: true }\n")

write("markdown", "text", b"# Head\n\nSome *text*, `code`, [a link](https://example.com), https://example.com and [brackets].\n\n- one\n- two\n\n    indented\n")
write("markdown", "html", b"<p>One <b>two</b></p>\n\n```\nlet x = 1;\n```\n\n| a | b |\n|---|---|\n| 1 | `2` |\n")
write("markdown", "odd", "[^1]: note\n\n> quote\n> ~~~rust\n> fn main() {}\n&lt;b&gt; \u202e <!-- -->\n".encode())

# The first byte says what is tried.
for path in payloads:
    write("runtime", f"answer-{path.stem}", b"\x00200\ncontent-type: application/json\n\n" + path.read_bytes())
write("runtime", "error", b"\x00429\nretry-after: Wed, 21 Oct 2065 07:28:00 GMT\nx-ratelimit-remaining: 0\ncontent-type: application/json\n\n" + b'{"statusCode":429,"message":"Rate limit exceeded","data":{"errors":[{"message":{"key":"a.b","args":[]}}]}}')
write("runtime", "html", b"\x00503\nretry-after: 5\ncontent-type: text/html\n\n<html><head><title>Oops</title></head><body><h1>Sorry</h1></body></html>")
write("runtime", "page", b'\x01200\nlink: </wiki/labels?cursor=b>; rel="next"\n\n{"results":[{"name":"a"}],"_links":{"next":"/labels?cursor=c%20d"}}')
write("runtime", "count", b'\x01200\n\n{"values":["a"],"startAt":0,"maxResults":1,"isLast":false,"nextPageToken":"x"}')
write("runtime", "saved", b'\x02{"path":"/wiki/rest/api/longtask/1","saved_at":{"secs_since_epoch":1700000000,"nanos_since_epoch":0},"elapsed":{"secs":5,"nanos":0},"pause":{"secs":1,"nanos":0},"polls":3,"failures":0,"settled":0,"was_found":true,"percentage":10,"message":"a","still":{"secs":1,"nanos":0}}')
write("runtime", "date", b"\x022022-10-06T07:32:47.000+0000")
write("runtime", "parts", "\x03na\"me\r\x00\nfi\u00e4le;\".png".encode())
