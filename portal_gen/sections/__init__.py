"""Sections: one folder for each kind of content. They know nothing of each other and talk through Facts.

To add one, add a folder: `__init__.py` with a `SECTION`, a `model.py`, a `view.py`, templates, `locales/`, `cases/`,
and, if it needs them, `section.css` and `section.js`. Nothing else has to be touched.
"""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

from portal_gen.contract import Section


def find() -> tuple[Section[Any], ...]:
    """All sections, in the order of the navigation."""
    names = sorted(m.name for m in pkgutil.iter_modules(__path__) if m.ispkg)
    found = [importlib.import_module(f"{__name__}.{name}").SECTION for name in names]
    return tuple(sorted(found, key=lambda s: (s.order, s.name)))
