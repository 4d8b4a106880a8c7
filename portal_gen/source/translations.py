"""A file and its translations hide the same: what is internal in one language must not be public in another."""

from __future__ import annotations

from portal_gen.diagnostics import Code, Place, Report
from portal_gen.source.body import Body, split
from portal_gen.source.internal_marks import internal_blocks
from portal_gen.source.markdown_file import MarkdownFile
from portal_gen.source.yaml_file import Scalar

DEEPEST = 6


def is_internal(file: MarkdownFile) -> bool:
    """True when the front matter says that the file as a whole is."""
    entry = file.front.entries.get("visibility") if file.front else None
    return entry is not None and isinstance(entry.node, Scalar) and entry.node.text.strip() == "internal"


def compare_blocks(original: MarkdownFile, translation: MarkdownFile, report: Report) -> None:
    """Report a translation that has not as many internal blocks as its original: part by part, where both have as many.

    A passage that is marked in one of them only would be read in the other.
    """
    ours, theirs = _by_part(original.body), _by_part(translation.body)
    if len(ours) != len(theirs):
        ours, theirs = [_whole(ours, original)], [_whole(theirs, translation)]
    for (there, blocks), (here, translated) in zip(ours, theirs, strict=True):
        if len(blocks) != len(translated):
            report.error(
                translated[-1] if len(translated) > len(blocks) else here,
                Code.TRANSLATION,
                f"{_count(len(translated))} here, but {_count(len(blocks)).lower()} in the original.",
                why="What is internal in one language would be read in the other.",
                mend="Put the same passages between  /// internal  and  ///  in both.\n"
                "Where there is nothing to translate, write the two marks with nothing between them.",
                related=((blocks[0] if blocks else there, "the original"),),
            )


def _by_part(body: Body) -> list[tuple[Place, list[Place]]]:
    """Each part that a heading begins which is shown, and where internal blocks are opened in it."""
    heads = [body.place(0), *(p.place for p in split(body, DEEPEST)[1] if not p.hidden)]
    parts: list[tuple[Place, list[Place]]] = [(head, []) for head in heads]
    for n in internal_blocks(body):
        place = body.place(n)
        within = max(k for k, head in enumerate(heads) if head.line <= place.line)
        parts[within][1].append(place)
    return parts


def _whole(parts: list[tuple[Place, list[Place]]], file: MarkdownFile) -> tuple[Place, list[Place]]:
    return file.place, [place for _, blocks in parts for place in blocks]


def _count(number: int) -> str:
    return f"{number or 'No'} internal block{'' if number == 1 else 's'}"
