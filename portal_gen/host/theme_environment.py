"""MkDocs' environment for templates, without the work that it repeats for each site.

Compiled templates are shared as code, never as objects: a template that was loaded for one client would keep that
client's configuration.
"""

from __future__ import annotations

import os
from types import CodeType

import jinja2
from jinja2.bccache import Bucket
from mkdocs.config.defaults import MkDocsConfig


class _SharedCode(jinja2.BytecodeCache):
    """Code of templates by name and file, for the life of the process; a template that changed is compiled anew."""

    def __init__(self) -> None:
        self._codes: dict[str, tuple[str, CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._codes.get(bucket.key, ("", None))
        bucket.code = code if checksum == bucket.checksum else None

    def dump_bytecode(self, bucket: Bucket) -> None:
        assert bucket.code is not None
        self._codes[bucket.key] = (bucket.checksum, bucket.code)


class _ThemeLoader(jinja2.FileSystemLoader):
    """Finds templates as usual, but lists none in folders whose name begins with a dot.

    Material keeps 14,000 icons there. MkDocs asks for the list to copy the theme's files, and drops those itself.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for root in self.searchpath:
            for base, folders, names in os.walk(root):
                folders[:] = [f for f in folders if not f.startswith(".")]
                folder = os.path.relpath(base, root).replace(os.sep, "/")
                found.update(names if folder == "." else (f"{folder}/{name}" for name in names))
        return sorted(found)


_CODE = _SharedCode()


def use_shared_code(config: MkDocsConfig) -> None:
    """Make the theme of a configuration give one environment, made once, with code that all configurations share."""
    make = config.theme.get_env
    made: list[jinja2.Environment] = []

    def get_env() -> jinja2.Environment:
        if not made:
            environment = make()
            environment.loader = _ThemeLoader(config.theme.dirs)
            environment.bytecode_cache = _CODE
            environment.trim_blocks = environment.lstrip_blocks = True
            made.append(environment)
        return made[0]

    config.theme.get_env = get_env  # type: ignore[method-assign]


class Fragments:
    """What many pages of a site share, rendered once for each set of values: `fragment("nav", base_url, *marks)`."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._config = config
        self._made: dict[tuple[str, ...], str] = {}

    def __call__(self, name: str, base_url: str, *marks: str) -> str:
        """The template `partials/<name>.html` as it stands on pages that are `base_url` away from the root."""
        key = (name, base_url, *marks)
        if key not in self._made:
            portal = self._config.extra["portal"]
            self._made[key] = (
                self._config.theme.get_env()
                .get_template(f"partials/{name}.html")
                .render(
                    config=self._config,
                    portal=portal,
                    words=portal.words,
                    page=None,
                    base_url=base_url,
                    root="" if base_url == "." else f"{base_url}/",
                    marks=marks,
                )
                .rstrip("\n")
            )
        return self._made[key]
