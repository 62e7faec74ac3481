"""From any Markdown page to a deck worth editing.

A page is read into blocks (`reading`), the blocks are walked as units (`walk`), rules make candidates of them
(`rules`), the candidates are checked and fitted (`fitting`), and what stands is written as a deck with a record of what
was drafted, so that a later draft of the changed page touches nothing that the author has made of it (`again`).
"""
