"""Firefox, as far as a test needs it: driven through Marionette, its own protocol, which needs no driver."""

import contextlib
import json
import shutil
import socket
import subprocess
import time
from pathlib import Path

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "Escape": "\ue00c"}


def executable():
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """One browser with one page. Commands are those of WebDriver; an answer with an error raises."""

    def __init__(self, profile: Path, *, scripts: bool, dark: bool = False):
        profile.mkdir(parents=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        prefs = {
            "marionette.port": port,
            "javascript.enabled": scripts,
            "ui.systemUsesDarkTheme": int(dark),
            "layout.css.prefers-color-scheme.content-override": 0 if dark else 1,
            "ui.prefersReducedMotion": 1,
            "app.update.enabled": False,
            "datareporting.policy.dataSubmissionEnabled": False,
            "network.captive-portal-service.enabled": False,
            "network.connectivity-service.enabled": False,
        }
        (profile / "user.js").write_text(
            "".join(f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in prefs.items())
        )
        self.process = subprocess.Popen(
            [executable(), "--headless", "--marionette", "--no-remote", "--profile", str(profile)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.count = 0
        for _ in range(600):
            with contextlib.suppress(OSError):
                self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
                break
            time.sleep(0.1)
        self.receive()
        self("WebDriver:NewSession", capabilities={})

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)

    def receive(self):
        head = b""
        while not head.endswith(b":"):
            head += self.socket.recv(1)
        body = b""
        while len(body) < int(head[:-1]):
            body += self.socket.recv(int(head[:-1]) - len(body))
        return json.loads(body)

    def __call__(self, command, **parameters):
        self.count += 1
        message = json.dumps([0, self.count, command, parameters]).encode()
        self.socket.sendall(f"{len(message)}:".encode() + message)
        _, _, error, value = self.receive()
        if error:
            raise RuntimeError(f"{command}: {error['error']}: {error['message']}")
        return value["value"] if isinstance(value, dict) and set(value) == {"value"} else value

    def go(self, url):
        self("WebDriver:Navigate", url=url)

    def all(self, selector):
        return [e[ELEMENT] for e in self("WebDriver:FindElements", using="css selector", value=selector)]

    def attribute(self, element, name):
        return self("WebDriver:GetElementAttribute", id=element, name=name)

    def text(self, element):
        return self("WebDriver:GetElementText", id=element)

    def style(self, element, name):
        return self("WebDriver:GetElementCSSValue", id=element, propertyName=name)

    def box(self, element):
        return self("WebDriver:GetElementRect", id=element)

    def click(self, element):
        self("WebDriver:ElementClick", id=element)

    def press(self, *keys):
        actions = [
            a for k in keys for a in ({"type": "keyDown", "value": KEYS[k]}, {"type": "keyUp", "value": KEYS[k]})
        ]
        self("WebDriver:PerformActions", actions=[{"type": "key", "id": "keys", "actions": actions}])

    def tap(self, x, y, origin="viewport", kind="touch"):
        actions = [
            {"type": "pointerMove", "x": x, "y": y, "origin": origin},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        pointer = {"type": "pointer", "id": kind, "parameters": {"pointerType": kind}, "actions": actions}
        self("WebDriver:PerformActions", actions=[pointer])

    def focused(self):
        return self("WebDriver:GetActiveElement")[ELEMENT]
