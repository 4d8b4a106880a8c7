"""Whether a translation still says what its original says, and which texts have none.

A translation may name, behind `translates:` in its front matter, the original it was made from by a short hash. The
hash covers the words that a translator works on and the client sees: the title and the text. What stands in the
original alone (other front matter, whether a box is ticked, who and when) is left out, so that closing an action makes
no translation stale.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Mapping as Map
from collections.abc import Sequence

from portal_gen.diagnostics import Code, Place, Report
from portal_gen.source.body import FIELD
from portal_gen.source.markdown_file import MarkdownFile
from portal_gen.source.translations import is_internal
from portal_gen.source.yaml_file import Scalar

KEY = "translates"
DIGITS = 8
SHOWN = 5  # so many files are named in the sentence about texts that have no translation
_BOX = re.compile(r"^(\s*(?:[-*+]|\d+[.)])\s+)\[[ xX-]\]\s+")
_FRONT = re.compile(r"---[ \t]*\r?\n(?P<keys>(?:.*\r?\n)*?)---[ \t]*(?:\r?\n|\Z)")


def fingerprint(original: MarkdownFile) -> str:
    """The hash of an original's words: 8 hexadecimal digits of SHA-256."""
    title = original.front.entries.get("title") if original.front else None
    words = [title.node.text] if title and isinstance(title.node, Scalar) else []
    words += [FIELD.sub("", _BOX.sub(r"\1", line)) for line in original.body.visible().lines]
    lines = (" ".join(line.split()) for line in words)
    return hashlib.sha256("\n".join(line for line in lines if line).encode()).hexdigest()[:DIGITS]


def check_translation(translation: MarkdownFile, original: MarkdownFile, report: Report) -> None:
    """Report a translation whose original has changed since. The key is ours: no section sees it."""
    entry = translation.front.entries.pop(KEY, None) if translation.front else None
    if entry is None:
        return
    name = posixpath.basename(translation.file)
    written = entry.node.text if isinstance(entry.node, Scalar) else ""
    if not re.fullmatch(rf"[0-9a-f]{{{DIGITS}}}", written):
        report.error(
            entry.node.place,
            Code.BAD_VALUE,
            f"{KEY}: this is not what the command writes here, {DIGITS} digits from 0-9 and a-f.",
            mend=f"Run  portal translated {name}  with the path of this file, or delete the line.",
        )
    elif written != fingerprint(original):
        report.warning(
            entry.key_place,
            Code.STALE,
            f"{posixpath.basename(original.file)} has changed since this translation was made.",
            why="Clients who read this language are told what it said before.",
            mend=f"Translate what changed, then run  portal translated {name}  with the path of this file.",
            related=((original.place, "the original"),),
        )


def mark(text: str, written: str) -> str:
    """The text of a translation with `translates: <written>` in its front matter, and nothing else changed."""
    end = "\r\n" if "\r\n" in text else "\n"
    line = f"{KEY}: {written}"
    found = _FRONT.match(text)
    if not found:
        return f"---{end}{line}{end}---{end}{text}"
    keys, replaced = re.subn(rf"(?m)^{KEY}[ \t]*:[^\r\n]*", line, found["keys"], count=1)
    if not replaced:
        keys = f"{keys}{line}{end}"
    return f"{text[: found.start('keys')]}{keys}{text[found.end('keys') :]}"


def is_public(original: MarkdownFile) -> bool:
    """True when a client sees some of the file's own words."""
    return not original.body.empty and not is_internal(original)


def count_missing(
    originals: Map[str, frozenset[str]], languages: Sequence[str], places: Map[str, Place], report: Report
) -> None:
    """One sentence for each further language of a client: how many texts it lacks, and which.

    `originals` maps each file that the client reads to the languages it is translated into.
    """
    for tag in languages[1:]:
        missing = sorted(name for name, tags in originals.items() if tag not in tags)
        if missing:
            own = f"{posixpath.dirname(places[tag].file)}/"
            names = ", ".join(name.removeprefix(own) for name in missing[:SHOWN])
            verb = "is" if len(missing) == 1 else "are"
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            report.notice(
                places[tag],
                Code.UNTRANSLATED,
                f"{len(missing)} of {len(originals)} texts {verb} not in '{tag}' yet: {names}{more}.",
                why=f"They are shown in '{languages[0]}', with a note that says so.",
                mend=f"Write the translation beside the text: {posixpath.basename(missing[0])[:-3]}.{tag}.md",
            )
