"""What all tests share."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser):
    parser.addoption("--regen", action="store_true", help="rewrite the expected pages of the sections' cases")


@pytest.fixture(scope="session")
def root():
    return ROOT
