"""What Material brings along that our templates ask for: its styles, the script of its search, its words."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
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
        "palette": "assets/stylesheets/palette.*.min.css",
        "script": "assets/javascripts/bundle.*.min.js",
        "worker": "assets/javascripts/workers/search.*.min.js",
    }
    return {kind: max(folder.glob(pattern)).relative_to(folder).as_posix() for kind, pattern in patterns.items()}


def material_values(config: MkDocsConfig, *, searches: bool) -> dict[str, Any]:
    """The values of Material's for our templates: `styles`, `search` (None where nothing is searched), `words`."""
    folder = next(Path(d) for d in config.theme.dirs if Path(d, "assets", "stylesheets").is_dir())
    files = _files(folder)
    words = config.theme.get_env().get_template("partials/language.html", globals={"config": config}).module.t  # type: ignore[attr-defined]
    said = {key: words(key) for key in SEARCH_WORDS}
    search = {"script": files["script"], "worker": files["worker"], "words": json.dumps(said, ensure_ascii=False)}
    return {
        "styles": [files["main"], files["palette"]],
        "search": search if searches else None,
        "words": {name: Markup.escape(words(key)) for name, key in WORDS.items()},
    }
