"""What Material brings along that our templates ask for: its styles, the script of its search, its words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig

# Our name for a word, and Material's.
WORDS = {
    "tag": "language",
    "direction": "direction",
    "skip": "action.skip",
    "header": "header",
    "nav": "nav",
    "toc": "toc",
    "search": "search",
    "search_placeholder": "search.placeholder",
    "search_reset": "search.reset",
    "search_wait": "search.result.initializer",
}
# What the script of the search says by itself.
SEARCH_WORDS = (
    "search.result.placeholder",
    "search.result.none",
    "search.result.one",
    "search.result.other",
    "search.result.more.one",
    "search.result.more.other",
    "search.result.term.missing",
)


@cache
def _files(folder: Path) -> dict[str, str]:
    """Files whose names carry a hash, by kind: paths below the folder of Material's templates."""
    patterns = {
        "main": "assets/stylesheets/main.*.min.css",
        "script": "assets/javascripts/bundle.*.min.js",
        "worker": "assets/javascripts/workers/search.*.min.js",
    }
    return {kind: max(folder.glob(pattern)).relative_to(folder).as_posix() for kind, pattern in patterns.items()}


def add_material(values: SimpleNamespace, config: MkDocsConfig, *, searches: bool) -> None:
    """Add Material's to the values of our templates: `styles`, `search` (None where nothing is searched), `words`."""
    folder = next(Path(d) for d in config.theme.dirs if Path(d, "assets", "stylesheets").is_dir())
    files = _files(folder)
    words: Any = config.theme.get_env().get_template("partials/language.html", globals={"config": config}).module
    said = json.dumps({key: words.t(key) for key in SEARCH_WORDS}, ensure_ascii=False)
    values.styles = [files["main"]]  # its palettes are not needed: every colour is ours
    values.search = SimpleNamespace(script=files["script"], worker=files["worker"], words=said) if searches else None
    values.words = SimpleNamespace(**values.words, **{name: Markup.escape(words.t(key)) for name, key in WORDS.items()})
