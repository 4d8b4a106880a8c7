"""The host renders a docs tree to HTML. Only this layer imports MkDocs; another host would stand beside it.

`docs_tree` writes the tree to disk, `brand` and `settings` say how it is to look, `links` checks the result,
`mkdocs_plugin` is what MkDocs loads, and `mkdocs_build` does what `mkdocs build` does, in process.
"""
