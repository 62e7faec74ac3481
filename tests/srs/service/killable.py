"""Reviews in a loop and prints each id once it is acknowledged, until it is killed. `test_killing` runs it."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from srs import service


def main(data: Path, deck: Path, seed: int, url: str | None) -> None:
    """Review, undo and suspend at random, but the same for a seed."""
    chance = random.Random(seed)  # noqa: S311 - a walk, not a secret
    now = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(days=seed)
    with service.opened(data, [deck], now, url=url) as (context, _):
        say("ready")
        while True:
            now += timedelta(seconds=20)
            queue = service.queue(context, now, 1)
            if not queue.cards:
                now += timedelta(hours=8)
                continue
            request = service.ReviewRequest(
                UUID(int=chance.getrandbits(128)), queue.cards[0].card_id, chance.randint(1, 4), now, 1000
            )
            result, _ = service.answer_and_next(context, now, request)
            say(f"reviewed {result.review.id}")
            if chance.random() < 0.2:
                undone = service.undo(context, now)
                if undone:
                    say(f"undone {undone.event_id}")


def say(line: str) -> None:
    """Acknowledge: what is said here must never be lost."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4] if len(sys.argv) > 4 else None)
