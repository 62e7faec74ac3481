"""The mathematics font as the pages load it: made once, kept in the data folder's cache."""

from __future__ import annotations

import hashlib
import os
import threading
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from cards.render import font as maker


class MathFont:
    """The subset font. Making it takes half a second, so that happens only when a browser first asks for it.

    Args:
        cache: the folder to keep it in; made if missing. A folder that cannot be written only costs that time again.
    """

    def __init__(self, cache: Path) -> None:
        # The name stands for what the bytes are made from, since naming them after themselves would need them now.
        made_from = hashlib.sha256(Path(maker.__file__).read_bytes())
        made_from.update(f"ziamath {version('ziamath')} fonttools {version('fonttools')}".encode())
        self.name = f"math-{made_from.hexdigest()[:16]}.woff2"
        self._path = cache / self.name
        self._lock = threading.Lock()
        self._made: bytes | None = None

    def face(self) -> str:
        """The CSS that makes the font known."""
        return maker.math_font_face(self.address)

    @property
    def address(self) -> str:
        """Where the server has it."""
        return f"/fonts/{self.name}"

    def read(self) -> bytes:
        """The font as WOFF2."""
        with self._lock:
            if self._made is None:
                with suppress(OSError):
                    self._made = self._path.read_bytes()
                if not self._made:  # not there, or empty, as a power cut can leave it
                    self._made = maker.math_font_woff2()
                    self._keep(self._made)
            return self._made

    def _keep(self, made: bytes) -> None:
        unfinished = self._path.with_name(f"{self.name}.{os.getpid()}")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(made)
            unfinished.replace(self._path)
        except OSError:
            with suppress(OSError):
                unfinished.unlink(missing_ok=True)
