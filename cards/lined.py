"""JSON with a line for each item, kept in git beside a deck: read with a clear word on what is wrong, and where.

Git merges such a file line by line. Its last line is a footer, which tells the format.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from cards.findings import DeckError, Finding, Position

_MARKERS = ("<<<<<<<", "|||||||", "=======", ">>>>>>>")

ShapeT = TypeVar("ShapeT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Lined:
    """One kind of such a file.

    Attributes:
        name: what messages and the codes of findings call it: `lock`.
        full_name: what it is called where a reader may not know it yet.
        writer: the command that writes it.
        format: the number of the format that this program writes.
        ending: what its last line is, for a message.
    """

    name: str
    full_name: str
    writer: str
    format: int
    ending: str

    def read(self, path: Path, name: str) -> str | None:
        """The file's text; None if there is no such file. `name` is how errors call the file.

        Raises:
            DeckError: it cannot be read.
        """
        where, code = Position(name), "unreadable"
        try:
            if not (path.is_file() or path.is_dir()) and path.exists():  # reading a pipe would wait for ever
                raise self.broken(where, f"The {self.name} is a pipe or a device, not a file.", "", code)
            return path.read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            return None
        except UnicodeDecodeError:
            raise self.broken(where, f"The {self.name} is not UTF-8 text.") from None
        except OSError as error:
            raise self.broken(where, f"The {self.name} cannot be read: {error.strerror}.", "", code) from None

    def parse(self, text: str, name: str) -> tuple[list[Any], dict[str, Any]]:  # Any: whatever JSON holds
        """The items and the footer of a file's text. The item at index i stands in line i + 2.

        Raises:
            DeckError: git's conflict markers stand in it, it is no JSON, or it has another format.
        """
        for row, line in enumerate(text.split("\n"), start=1):
            if line.startswith(_MARKERS):
                message = f"Git's conflict marker `{line[:7]}` stands in the {self.full_name}."
                raise self.broken(Position(name, row), message, code="conflict")
        try:
            lines = json.loads(text)
        except ValueError as error:
            where = Position(name, getattr(error, "lineno", 1), getattr(error, "colno", 1))
            raise self.broken(where, f"The {self.name} is not JSON.") from None
        except RecursionError:
            raise self.broken(Position(name), f"The {self.name} is nested too deeply.") from None
        footer = lines[-1] if isinstance(lines, list) and lines and isinstance(lines[-1], dict) else {}
        number = footer.get("format")
        if isinstance(number, int) and number > self.format:
            message = f"The {self.full_name} was written by a newer Refresher."
            raise self.broken(Position(name), message, "Update Refresher.", "newer")
        if number != self.format:
            raise self.broken(Position(name), f"The {self.name} does not end with {self.ending}.")
        return lines[:-1], footer

    def line(self, shape: type[ShapeT], item: object, where: Position) -> ShapeT:
        """One line's content in its shape.

        Raises:
            DeckError: it has another.
        """
        try:
            return shape.model_validate(item)
        except ValidationError as error:
            first = error.errors()[0]
            at = ".".join(str(part) for part in first["loc"])
            message = f"In this line of the {self.name}, {at or 'all'} is wrong: {first['msg']}."
            raise self.broken(where, message) from None

    def broken(self, where: Position, message: str, hint: str | None = None, code: str = "broken") -> DeckError:
        """The error that says what is wrong; without a hint it says how to get the file back."""
        if hint is None:
            hint = f"Take either side's whole file from git, then {self.writer} again."
        return DeckError([Finding(where, f"{self.name}-{code}", message, hint)])
