"""Every word a client can see is in the catalogues, and means one thing."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import portal_gen
from portal_gen.language import Reader, catalogue, catalogue_files

PACKAGE = Path(portal_gen.__file__).parent
# Names that every language writes alike.
NAMES = {"SHA"}
KEYWORDS = {"_": None, "word": None, "words": (1, 2), "ngettext": (1, 2)}


def messages():
    found = {}
    method_map = [("**.py", "python"), ("**.jinja", "jinja2")]
    for folder in ("sections", "host"):
        for name, _, message, _, _ in extract_from_dir(
            str(PACKAGE / folder), method_map, {"**.jinja": {"silent": "false"}}, keywords=KEYWORDS
        ):
            found.setdefault(message if isinstance(message, str) else tuple(message[:2]), f"{folder}/{name}")
    return found


def known(language):
    found = {}
    for path in catalogue_files(language):
        with path.open("rb") as file:
            for m in read_po(file):
                if m.id:
                    found.setdefault(m.id if isinstance(m.id, str) else tuple(m.id), []).append((path, m.string))
    return found


def test_words_are_found():
    assert "Where we stand" in messages()
    assert ("in %(n)s working day", "in %(n)s working days") in messages()


@pytest.mark.parametrize("language", ["zh"])
def test_every_word_is_translated(language):
    translated = known(language)
    missing = {
        m: where for m, where in messages().items() if m not in translated or not all(any(s) for _, s in translated[m])
    }
    assert not missing


@pytest.mark.parametrize("language", ["zh"])
def test_a_word_has_one_translation(language):
    different = {m: found for m, found in known(language).items() if len({str(s) for _, s in found}) > 1}
    assert not different


@pytest.mark.parametrize("language", ["zh"])
def test_placeholders_survive(language):
    for message, found in known(language).items():
        for path, string in found:
            ids = [message] if isinstance(message, str) else message
            strings = [string] if isinstance(string, str) else string
            for text in strings:
                assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ids[-1])), (path, message)
                assert set(re.findall(r"%\(\w+\)s", text)) <= set(re.findall(r"%\(\w+\)s", ids[-1])), (path, message)


def test_no_word_of_a_template_stands_outside_the_catalogues():
    """Text between tags of a section's template is an expression, not words."""
    for path in sorted(PACKAGE.glob("sections/*/*.jinja")):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"|&\w+;", " ", text))
        assert set(words) <= NAMES, (path.name, words)


def test_plural_forms():
    english, chinese = Reader("en", "en", "GB"), Reader("zh", "zh", "CN")
    assert english.working_days(1) == "1 working day"
    assert english.working_days(1200) == "1,200 working days"
    assert chinese.working_days(1) == "1 个工作日"
    assert catalogue("zh").gettext("Overview") == "概览"
