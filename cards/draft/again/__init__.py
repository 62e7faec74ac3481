"""Drafting again: what was drafted, what the author made of it and what the pages say now become one deck.

Four functions, the second one pure:

    before = read_before(folder)              # DeckError: a file, the lock or the record cannot be read
    after = again(before, draft, unread)      # DeckError: a file is laid out so that nothing can be put into it safely
    after = with_pictures(after, draft, before, folder)     # OSError: a picture cannot be read
    put(folder, after)                        # OSError: the folder cannot be written; nothing is then

An empty folder gets the whole draft the same way. `unread` names recorded pages that still exist, but were not drafted
this time: nothing of theirs is touched, or taken for gone.
"""

from __future__ import annotations

from cards.draft.again.folder import put, read_before
from cards.draft.again.merging import again
from cards.draft.again.outcome import After, Before, Change, Fate
from cards.draft.again.pictures import with_pictures

__all__ = ["After", "Before", "Change", "Fate", "again", "put", "read_before", "with_pictures"]
