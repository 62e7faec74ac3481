"""The process that answers questions with SymPy: reads them from its standard input, writes answers to its output."""

from __future__ import annotations

import os
import sys

from cards.claims.decide import decide
from cards.claims.engine import broken, receive, send
from cards.claims.verdicts import Question


def main() -> None:
    """Answer until the input ends."""
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library prints must not mix with answers
    while True:
        try:
            question = receive(sys.stdin.buffer)
        except EOFError:
            return
        if isinstance(question, Question):
            try:
                answer = decide(question)
            except Exception as error:
                answer = broken(error)
            send(output, answer)


if __name__ == "__main__":
    main()
