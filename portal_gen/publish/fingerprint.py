"""One fingerprint for each client, over every input that its portal is made of.

Two builds with one fingerprint give the same bytes, so the second need not be done.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from portal_gen.publish.git import ask, clean_trees
from portal_gen.publish.inputs import UnknownInputsError, digest, shared_inputs
from portal_gen.publish.state import Run
from portal_gen.publish.trees import tree_id
from portal_gen.source.folders import SHARED

# Part of each fingerprint: a new number forgets what was recorded before.
FORM = "1"


@dataclass(frozen=True)
class Inputs:
    """What portals are made of: the inputs they share, by name, and the tree id of each folder of the content.

    `shared` is None where nobody can tell; a folder that cannot be read has no tree.
    """

    shared: Mapping[str, str] | None
    trees: Mapping[str, str]

    def fingerprint(self, client: str) -> str | None:
        """The fingerprint of a client; None when its portal has to be built."""
        if self.shared is None or client not in self.trees or SHARED not in self.trees:
            return None
        return digest(FORM, client, self.trees[client], self.trees[SHARED], self._all_shared)

    @cached_property
    def _all_shared(self) -> str:
        return digest(json.dumps(sorted((self.shared or {}).items())))

    def of(self, client: str) -> Inputs:
        """The inputs of one client alone."""
        return Inputs(self.shared, {name: tree for name, tree in self.trees.items() if name in (SHARED, client)})


def take(run: Run, clients: Sequence[str]) -> Inputs:
    """The inputs of some clients as they are now."""
    asked = ask(run.content)
    shared = take_shared(run)
    known = clean_trees(asked)
    trees = {}
    for name in (SHARED, *clients):
        found = known.get(name) or content_tree(run.content, name)
        if found is not None:
            trees[name] = found
    return Inputs(shared, trees)


def look(content: Path, inputs: Inputs, clients: Sequence[str]) -> Inputs:
    """The inputs with the folders of some clients, and the shared one, hashed, whatever git says."""
    names = (SHARED, *clients)
    seen = {name: tree for name in names if (tree := content_tree(content, name)) is not None}
    return Inputs(inputs.shared, {**{n: t for n, t in inputs.trees.items() if n not in names}, **seen})


def take_shared(run: Run) -> Mapping[str, str] | None:
    """The inputs that all portals share, as they are now; None where nobody can tell."""
    try:
        return shared_inputs(run.config, run.content, run.site, run.as_of)
    except (OSError, UnknownInputsError, ValueError):
        return None


def content_tree(content: Path, name: str) -> str | None:
    """The tree id of a folder of the content, hashed; "" when it is not there, None when it cannot be taken for one."""
    folder = content / name
    if folder.is_symlink():
        return None
    try:
        return tree_id(folder)
    except OSError:
        return None if folder.exists() else ""
