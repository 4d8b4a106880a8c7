"""Where the theme is. Nothing heavy is imported here: its files are looked at before anything is built."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).parent.parent


def theme_folder() -> Path:
    """The theme: inside the package once installed, at the top of a checkout."""
    installed = PACKAGE / "themes" / "portal"
    return installed if installed.is_dir() else PACKAGE.parent / "themes" / "portal"
