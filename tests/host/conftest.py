"""A project folder and a portal made by hand."""

import shutil
from pathlib import Path

import pytest
from portal_sample import make_portal

from portal_gen.host.docs_tree import ensure_skeleton

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def project(tmp_path):
    """A folder with this repository's mkdocs.yml."""
    folder = tmp_path / "project"
    folder.mkdir()
    shutil.copy(ROOT / "mkdocs.yml", folder)
    ensure_skeleton(folder)
    return folder


@pytest.fixture
def portal(tmp_path):
    return make_portal(tmp_path)
