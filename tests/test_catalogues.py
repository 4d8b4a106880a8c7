"""Every word a client can see is in the catalogues, and means one thing."""

import gettext
import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract, extract_from_dir
from babel.messages.pofile import read_po

import portal_gen
from portal_gen.language import PSEUDO, Reader, catalogue, catalogue_files, find_locale

PACKAGE = Path(portal_gen.__file__).parent
# Names that every language writes alike.
NAMES = {"SHA"}
LANGUAGES = ["zh", "de", "fr", "es", "ja", "ar"]
KEYWORDS = {"_": None, "word": None, "words": (1, 2), "ngettext": (1, 2)}


def messages():
    found = {}
    method_map = [("**.py", "python"), ("**.jinja", "jinja2")]
    for folder in ("sections", "pages", "host"):
        for name, _, message, _, _ in extract_from_dir(
            str(PACKAGE / folder), method_map, {"**.jinja": {"silent": "false"}}, keywords=KEYWORDS
        ):
            found.setdefault(message if isinstance(message, str) else tuple(message[:2]), f"{folder}/{name}")
    shared = (PACKAGE / "language.py").read_bytes()
    for _, message, _, _ in extract("python", io.BytesIO(shared), keywords=KEYWORDS):
        found.setdefault(message if isinstance(message, str) else tuple(message[:2]), "language.py")
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
    assert "Not yet in {wanted}; shown in {shown}." in messages()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_translated(language):
    translated = known(language)
    missing = {
        m: where for m, where in messages().items() if m not in translated or not all(any(s) for _, s in translated[m])
    }
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fuzzy_or_left_over(language):
    wanted = messages()
    assert len(catalogue_files(language)) == len(catalogue_files("zh"))
    for path in catalogue_files(language):
        with path.open("rb") as file:
            found = read_po(file)
        assert not [m.id for m in found if m.id and m.fuzzy], path
        assert not [m.id for m in found if m.id and (m.id if isinstance(m.id, str) else tuple(m.id)) not in wanted], (
            path
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_cldr(language):
    """The rule in the catalogues tells numbers apart just as CLDR does, and each form has its words.

    Up to 999,999: from a million on, French and Spanish have a form of their own, and no count goes there.
    """
    rules = set()
    for path in catalogue_files(language):
        with path.open("rb") as file:
            found = read_po(file)
        rules.add(found.plural_forms)
        for m in found:
            if m.id and not isinstance(m.id, str):
                assert len(m.string) == found.num_plurals, (path, m.id)
                assert all(m.string), (path, m.id)
    assert len(rules) == 1
    plural = gettext.c2py(re.search(r"plural=(.*?);", rules.pop())[1])
    cldr = find_locale(language).plural_form
    pairs = {(plural(n), cldr(n)) for n in [*range(1300), 999_999]}
    assert len(pairs) == len({form for form, _ in pairs}) == len({category for _, category in pairs})
    assert len(pairs) == found.num_plurals


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_word_has_one_translation(language):
    different = {m: found for m, found in known(language).items() if len({str(s) for _, s in found}) > 1}
    assert not different


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_survive(language):
    for message, found in known(language).items():
        for path, string in found:
            ids = [message] if isinstance(message, str) else message
            strings = [string] if isinstance(string, str) else string
            for text in strings:
                assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", ids[-1])), (path, message)
                assert set(re.findall(r"%\(\w+\)s", text)) <= set(re.findall(r"%\(\w+\)s", ids[-1])), (path, message)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_for_many_numbers_says_the_number(language):
    """A form without %(n)s is for one number alone: 0, 1 or 2."""
    for message, found in known(language).items():
        for path, strings in found if not isinstance(message, str) else ():
            if "%(n)s" in message[1]:
                for n in (3, 11, 100) if language == "ar" else (5,):
                    text = catalogue(language).ngettext(*message[:2], n)
                    assert "%(n)s" in text, (path, message, strings)


def test_no_word_of_a_template_stands_outside_the_catalogues():
    """Text between tags of a section's template is an expression, not words."""
    for path in sorted(PACKAGE.glob("sections/*/*.jinja")):
        text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", " ", path.read_text("utf-8"), flags=re.DOTALL)
        words = re.findall(r"[^\W\d_]{2,}", re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"|&\w+;", " ", text))
        assert set(words) <= NAMES, (path.name, words)


@pytest.mark.parametrize(
    ("language", "region", "count", "words"),
    [
        ("en", "GB", 1, "1 working day"),
        ("en", "GB", 1200, "1,200 working days"),
        ("zh", "CN", 1, "1 个工作日"),
        ("de", "DE", 1, "1 Arbeitstag"),
        ("de", "DE", 1200, "1.200 Arbeitstage"),
        ("de-AT", "AT", 2, "2 Arbeitstage"),
        ("fr", "FR", 0, "0 jour ouvré"),
        ("fr", "FR", 2, "2 jours ouvrés"),
        ("es", "ES", 0, "0 días laborables"),
        ("ja", "JP", 3, "3営業日"),
        ("ar", "AE", 1, "يوم عمل واحد"),
        ("ar", "AE", 2, "يوما عمل"),
        ("ar", "AE", 3, "3 أيام عمل"),
        ("ar", "AE", 11, "11 يوم عمل"),
        (PSEUDO, "GB", 2, "[2 ŵöŕķîñĝ ðåýš]"),
    ],
)
def test_plural_forms(language, region, count, words):
    assert Reader(language, language, region).working_days(count) == words


def test_the_shared_catalogue_and_the_sections_are_one():
    assert catalogue("zh").gettext("Overview") == "概览"
    assert catalogue("ar").gettext("Overview") == "نظرة عامة"
    assert catalogue("ar").gettext("Menu") == "القائمة"
