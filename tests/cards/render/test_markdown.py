from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from cards.render.markdown import parse, parse_markdown

# Words in which every sign that Markdown knows is likely.
PIECES = st.sampled_from(
    [
        *(
            "a",
            "B c",
            " ",
            "  ",
            "$x$",
            "$x_1$",
            "$x\n  y$",
            "$",
            "$$",
            "$ x$",
            "$x $",
            "$x$$y$",
            "\\$",
            "\\",
            "1",
            "2.",
            "1)",
        ),
        *(
            "`f(x)`",
            "`",
            "``",
            " `a b` ",
            "*",
            "_",
            "-",
            "+ ",
            "# ",
            ">",
            "<b>",
            "&amp;",
            "|",
            "\n",
            "\n\n",
            "!",
            "[a](b)",
        ),
        *("~", ":", ".", "é", "²", "\u00a0", "\u3000", "\t", "=", "---", "(", '"', "'"),
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=8).map("".join) | st.text(max_size=20))
@example("a ` b")
@example("`a`` b`")
@example("a\u00a0")
@example("2$x$ and $y$2")
def test_the_short_way_through_a_plain_line_gives_what_markdown_gives(source: str) -> None:
    def seen(tokens: list) -> list:  # type: ignore[type-arg] # markdown-it's own tokens
        return [
            (token.type, token.tag, token.content, token.map, token.meta, seen(token.children or []))
            for token in tokens
        ]

    assert seen(parse(source)) == seen(parse_markdown(source))
