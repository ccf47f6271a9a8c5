#!/usr/bin/env python3
"""Records `confluence-task watch` on a simulated Confluence, and writes docs/progress.svg: a moving picture of the terminal.

Run it in the repository: python3 docs/record.py. It needs cargo and a Unix system, and takes a few seconds.
"""

import codecs
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import termios
import threading
import time
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
COLUMNS, ROWS = 92, 2
# Each task: how many seconds it takes, and what it says from which percentage on.
TASKS = {
    "1180606": (5, [(0, "Collecting the pages"), (15, "Writing the pages"), (75, "Packing the attachments"), (100, "The export is ready")]),
    "1180607": (7, [(0, "Copied 0 of 40 pages"), (30, "Copied 12 of 40 pages"), (60, "Relinking the pages"), (100, "Copied 40 of 40 pages")]),
}
STARTED = {}


class Confluence(BaseHTTPRequestHandler):
    """Answers with how far a task has come since it was first asked for."""

    def do_GET(self):
        task = self.path.rsplit("/", 1)[-1]
        seconds, messages = TASKS[task]
        elapsed = time.monotonic() - STARTED.setdefault(task, time.monotonic())
        percentage = min(100, int(elapsed * 100 / seconds))
        message = [text for start, text in messages if start <= percentage][-1]
        body = {
            "id": task,
            "elapsedTime": int(elapsed * 1000),
            "percentageComplete": percentage,
            "finished": percentage == 100,
            "successful": percentage == 100,
            "messages": [{"translation": message, "args": []}],
        }
        body = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Screen:
    """As much of a terminal as a progress bar needs."""

    def __init__(self):
        self.lines, self.row, self.column = [""], 0, 0

    def feed(self, text):
        for escape_, parameters, command, plain in re.findall(r"(\x1b\[)([0-9;?]*)([A-Za-z])|([^\x1b])", text):
            if escape_:
                self.control(command, int(parameters) if parameters.isdigit() else None)
            elif plain == "\r":
                self.column = 0
            elif plain == "\n":
                self.down()
            else:
                if self.column == COLUMNS:
                    self.column = 0
                    self.down()
                line = self.lines[self.row].ljust(self.column)
                self.lines[self.row] = line[: self.column] + plain + line[self.column + 1 :]
                self.column += 1

    def down(self):
        self.row += 1
        self.lines.extend([""] * (self.row + 1 - len(self.lines)))

    def control(self, command, number):
        if command == "A":
            self.row = max(0, self.row - (number or 1))
        elif command == "B":
            self.row = min(len(self.lines) - 1, self.row + (number or 1))
        elif command == "K":
            self.lines[self.row] = "" if number == 2 else self.lines[self.row][: self.column]
        elif command == "J":
            self.lines[self.row :] = [self.lines[self.row][: self.column]]

    def shown(self):
        return tuple(line.rstrip() for line in self.lines[:ROWS])


def record(command, environment):
    """Runs a command on a terminal, and returns when what was shown there."""
    terminal, end = pty.openpty()
    fcntl.ioctl(end, termios.TIOCSWINSZ, struct.pack("HHHH", 24, COLUMNS, 0, 0))
    started = time.monotonic()
    child = subprocess.Popen(command, stdin=end, stdout=end, stderr=end, env=environment, close_fds=True)
    os.close(end)
    screen, decoder, frames = Screen(), codecs.getincrementaldecoder("utf-8")("replace"), []
    while True:
        try:
            read = os.read(terminal, 65536)
        except OSError:
            break
        if not read:
            break
        screen.feed(decoder.decode(read))
        now, shown = time.monotonic() - started, screen.shown()
        # What follows within a moment belongs to the same picture.
        if frames and now - frames[-1][0] < 0.06:
            frames[-1] = (frames[-1][0], shown)
        elif not frames or frames[-1][1] != shown:
            frames.append((now, shown))
    if child.wait() != 0:
        raise SystemExit(f"{command[0]} ends with {child.returncode}: {screen.shown()}")
    return frames


def svg(command, frames):
    """The frames below each other, moved past a window."""
    line, width, height = 18, 820, 18 * (ROWS + 1) + 34
    total = frames[-1][0] + 3
    step = line * (ROWS + 1)
    steps = [f"{100 * at / total:.2f}%{{transform:translateY({-step * number}px)}}" for number, (at, _) in enumerate(frames)]
    last = f"transform:translateY({-step * (len(frames) - 1)}px)"
    pictures = []
    for number, (_, lines) in enumerate(frames):
        for row, text in enumerate(lines):
            if text:
                y = step * number + line * (row + 2)
                pictures.append(f'<text x="16" y="{y}" xml:space="preserve">{escape(text)}</text>')
    return f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="confluence-task follows two tasks">
<style>
text{{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;fill:#d0d7de;white-space:pre}}
#frames{{{last};animation:frames {total:.2f}s step-end infinite}}
@keyframes frames{{0%{{transform:translateY({step}px)}}{"".join(steps)}100%{{{last}}}}}
@media (prefers-reduced-motion:reduce){{#frames{{animation:none}}}}
</style>
<rect width="{width}" height="{height}" rx="8" fill="#0d1117"/>
<svg y="14" width="{width}" height="{height - 20}" viewBox="0 0 {width} {height - 20}">
<text x="16" y="{line}"><tspan fill="#7ee787">$</tspan> {escape(" ".join(command))}</text>
<svg y="{line}" width="{width}" height="{step}" viewBox="0 {line} {width} {step}"><g id="frames">
{chr(10).join(pictures)}
</g></svg>
</svg>
</svg>
"""


def main():
    subprocess.run(["cargo", "build", "--quiet", "--locked", "-p", "confluence-task"], cwd=ROOT, check=True)
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Confluence)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {
        "CONFLUENCE_URL": f"http://127.0.0.1:{server.server_port}",
        "CONFLUENCE_EMAIL": "me@acme.example",
        "CONFLUENCE_TOKEN": "a-token",
        "TERM": "xterm-256color",
    }
    arguments = ["watch", *TASKS]
    frames = record([str(target / "debug" / "confluence-task"), *arguments, "--every", "250ms"], environment)
    (ROOT / "docs" / "progress.svg").write_text(svg(["confluence-task", *arguments], frames))
    print(f"docs/progress.svg: {len(frames)} pictures")


if __name__ == "__main__":
    main()
