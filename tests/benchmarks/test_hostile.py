from __future__ import annotations

from itertools import islice

from benchmarks.hostile import CORPUS, WAYS, answers, questions


def test_the_same_seed_gives_the_same_answers() -> None:
    asked = questions()
    count = len(CORPUS) * len(asked) + 300
    one, other = ([typed for _, typed in answers(7, count, asked)] for _ in range(2))
    assert one == other
    assert one != [typed for _, typed in answers(8, count, asked)]
    assert len(one) == count


def test_each_question_gets_the_whole_corpus_and_then_what_is_drawn() -> None:
    asked = questions()
    typed = [
        [text for question, text in answers(1, len(CORPUS) * len(asked), asked) if question is each] for each in asked
    ]
    assert typed == [list(CORPUS)] * len(asked)
    drawn = islice(answers(1, 10**6, asked), len(CORPUS) * len(asked), len(CORPUS) * len(asked) + 100 * len(WAYS))
    assert len({text for _, text in drawn}) > 50 * len(WAYS)
