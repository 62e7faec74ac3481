"""The author's workbench, with `serve --watch` alone: each deck as its learners will see it, anew at each save.

The pages ask several times a second whether anything changed, and get what did: no request is held open. Nothing
here changes anything.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from cards.model import BasicNote, ClozeNote, Note, ProblemNote, ReversedNote, Slot, Text, kind_of
from srs.api import runtime
from srs.authoring import Bench, Tile, Workbench, is_drawn
from srs.web.security import PICTURE_POLICY
from srs.web.telling import Told, told

EXTENSION = "refresher-workbench"
MOST_LISTED = 12
"""So many errors of a deck are listed above a page."""
MOST_TILES = 1500
"""So many sections and notes are shown on one page."""
VERDICTS = ("false", "unsettled", "tested", "proved", "given", "unchecked")

author = Blueprint("author", __name__, url_prefix="/author")


def address_of(bench: Bench, key: str | None) -> str:
    """Where the page of a deck shows a tile; the page's top for None."""
    section = bench.section_of(key) if key is not None and len(bench.tiles) > MOST_TILES else None
    return url_for("author.page", name=bench.name, section=section, _anchor=key)


def shown_of(bench: Bench) -> tuple[tuple[Tile, ...], str | None]:
    """The tiles that the request's page shows, and the key of their section; None for the whole deck.

    A deck of thousands of notes is shown a section at a time: no browser lays out all of it in good time.
    """
    if len(bench.tiles) <= MOST_TILES:
        return bench.tiles, None
    sections = bench.sections()
    wanted = request.args.get("section", "")
    section = wanted if wanted in sections else next(iter(sections))
    return sections[section], section


def install(app: Flask, workbench: Workbench) -> None:
    """Serve the workbench's pages, and let every page say what is wrong with the decks."""
    app.extensions[EXTENSION] = workbench
    app.register_blueprint(author)
    app.jinja_env.globals.update(
        address_of=address_of,
        is_drawn=is_drawn,
        kind_of=kind_of,
        library_version=_library_version,
        most_listed=MOST_LISTED,
        verdict_names=VERDICTS,
        words_of=words_of,
    )
    app.jinja_env.filters["when_seen"] = when_seen


def when_seen(html: str) -> Markup:
    """HTML of cards and lessons, its pictures loaded when they come into sight: a page may have hundreds."""
    return Markup(html.replace("<img ", '<img loading="lazy" '))  # noqa: S704 - it is the renderer's own, and safe


def words_of(tile: Tile) -> str:
    """What a tile is found by: its id, and its texts as their author wrote them."""
    note, section = tile.note, tile.section
    if note is None:
        return _words(section.id, section.title, section.todo, section.lesson)
    claims = [text for claim in note.claims for text in (claim.says, claim.holds)]
    code = [text for use in note.code for text in (use.line, use.does)]
    return _words(note.id, note.source, note.todo, *note.tags, *_sides(note), note.why, *claims, *code)


def _sides(note: Note) -> tuple[Text | None, ...]:
    match note:
        case BasicNote() | ReversedNote():
            return note.front, note.back
        case ClozeNote():
            return (note.text,)
        case ProblemNote():
            return note.front, note.answer, note.back


def _words(*texts: str | Text | None) -> str:
    known = (text.source if isinstance(text, Text) else text or "" for text in texts)
    return " ".join(" ".join(known).split()).lower()


def _workbench() -> Workbench:
    found: Workbench = current_app.extensions[EXTENSION]
    return found


def _library_version() -> str:
    """What changes with the decks that learners see."""
    boot = _workbench().version.partition(".")[0]
    return f"{boot}.{runtime().context.library.version}"


def _bench(name: str) -> Bench:
    found = _workbench().bench(name)
    if found is None:
        abort(404)
    return found


def _said(version: str, **more: object) -> Response:
    """What every page is told when something changed."""
    trouble = render_template("author_trouble.html")
    return jsonify(version=version, library=_library_version(), trouble=trouble, **more)


@author.get("")
def index() -> str | AnyResponse:
    """The decks; if there is but one, its page."""
    benches = _workbench().benches
    if len(benches) == 1:
        return redirect(url_for("author.page", name=benches[0].name), 303)
    return render_template("author_index.html", benches=benches)


@author.get("/state.json")
def state() -> Response:
    """Whether anything changed since a version, and what is wrong now."""
    version = _workbench().version
    return Response(status=204) if request.args.get("since") == version else _said(version)


@author.get("/<name>")
def page(name: str) -> str:
    """A deck's page."""
    version = _workbench().version  # before the deck is asked for: what comes in between is told again
    bench = _bench(name)
    tiles, section = shown_of(bench)
    return render_template("author.html", bench=bench, tiles=tiles, only=section, version=version)


@author.get("/<name>/changes.json")
def changes(name: str) -> Response:
    """What of a deck's page is no longer as it was at a version."""
    workbench = _workbench()
    version, since = workbench.version, request.args.get("since", "")
    if since == version:
        return Response(status=204)
    number = workbench.since(since)
    if number is None:  # the page is of an earlier run
        return jsonify(version=version, reload=True)
    bench = _bench(name)
    tiles, section = shown_of(bench)
    edited = [tile.key for tile in tiles if tile.edited > number]
    others = (tile.key for tile in bench.tiles if tile.edited > number) if not edited else ()
    return _said(
        version,
        head=render_template("author_head.html", bench=bench, only=section),
        outline=[(tile.key, str(tile.where)) for tile in tiles],
        tiles={
            tile.key: render_template("author_tile.html", bench=bench, tile=tile, first=1)
            for tile in tiles
            if tile.revision > number
        },
        edited=edited,
        elsewhere=next((address_of(bench, key) for key in others), None),
    )


def _found(name: str, key: str) -> tuple[Bench, Tile]:
    """A deck and one of its tiles. Aborts with 404 if there is none."""
    bench = _bench(name)
    found = bench.tile(key)
    if found is None:
        abort(404)
    return bench, found


@author.get("/<name>/<key>")
def tile(name: str, key: str) -> str:
    """One tile by itself, a problem's drawings counted from the one that `from` names."""
    bench, found = _found(name, key)
    first = request.args.get("from", 1, type=int)
    seed, said = _tried(bench, found)
    return render_template(
        "author_one.html", bench=bench, tile=found, first=min(max(first, 1), 1_000_000), tried=said, tried_seed=seed
    )


@author.get("/<name>/<key>/tried")
def tried(name: str, key: str) -> str:
    """What a learner would be told who answers the drawing of `seed` with `typed`: a piece of the page."""
    bench, found = _found(name, key)
    return render_template("author_tried.html", tried=_tried(bench, found)[1])


def _tried(bench: Bench, tile: Tile) -> tuple[int | None, Told | None]:
    """What the request tries: the seed of a drawing, and what came of the answer; None for nothing."""
    seed, typed = request.args.get("seed", type=int), request.args.get("typed", "")
    if seed is None or not typed.strip():
        return None, None
    card = bench.card_id(tile, Slot.PROBLEM)
    result = _workbench().tried(bench, tile, seed, typed)
    return seed, told(bench.library.asks(card, seed), result)


@author.get("/<name>/media/<int:version>/<path:file>")
def media(name: str, version: int, file: str) -> Response:  # noqa: ARG001 - the version keeps a picture's address new
    """A picture of a deck as it now is."""
    found = _bench(name).library.media(file)
    if found is None:
        abort(404)
    response = Response(found.body, content_type=found.media_type)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.add_etag()
    response.make_conditional(request)
    return response
