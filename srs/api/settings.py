"""The addresses of settings."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from flask import Response
from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictFloat, StrictInt, StrictStr, create_model
from typing_extensions import TypedDict

from srs.api import openapi, reading
from srs.api.fields import SLUG_OR_NONE, ChangeId, Time
from srs.api.openapi import Operation, Parameter
from srs.api.problems import FieldError, RefusedRequestError
from srs.api.reading import Identity
from srs.api.registry import answer, described
from srs.api.runtime import runtime
from srs.api.writing import id_or_null, time_out
from srs.core.settings import FIELDS, DeckSettings, SettingValue
from srs.service import InvalidSettings, configuring
from srs.service.configuring import NOT_HERE, Change
from srs.service.explaining import MEANINGS

DECK_OR_ALL = Parameter("deck", SLUG_OR_NONE, "The deck's id; without it, or empty, the settings of all decks.")
_SETTABLE = tuple(name for name in FIELDS if name not in NOT_HERE)
_DEFAULTS = DeckSettings()

Value = bool | int | float | str | list[float] | None


class SettingOut(TypedDict):
    """A setting as it holds."""

    name: str
    value: Annotated[Value, Field(description="Steps are seconds, shares from 0 to 1, days days since 1970.")]
    source: Annotated[
        Literal["deck", "all_decks", "default", "system"],
        Field(description="Whose value it is: the deck's own, that of all decks, the default, or the system's."),
    ]
    general: Annotated[Value, Field(description="What holds for all decks.")]
    default: Annotated[Value, Field(description="What holds while nothing is set.")]
    title: str
    effect: Annotated[str, Field(description="What it does, in plain words.")]


class SettingsOut(TypedDict):
    """Every setting of a deck, or of all."""

    deck: str | None
    settings: list[SettingOut]


class SettingsChangedOut(TypedDict):
    """What became of a change."""

    changed: Annotated[list[str], Field(description="The settings that differ now; none if all was so already.")]
    change_id: ChangeId


class StepOut(TypedDict):
    """One setting in a change."""

    name: str
    before: Annotated[Value, Field(description="Its own value before; null if it had none.")]
    after: Annotated[Value, Field(description="Its own value since; null if it went back to what holds without one.")]


class ChangeOut(TypedDict):
    """A change of settings."""

    id: str
    at: Time
    deck: Annotated[str | None, Field(description="The deck that it was for; null for all decks.")]
    settings: list[StepOut]


class ChangesOut(TypedDict):
    """Changes that still stand, the newest first."""

    changes: list[ChangeOut]


class SettingsUndoneOut(TypedDict):
    """What was taken back."""

    undone: ChangeOut | None


class SettingsUndoIn(BaseModel):
    """Which change to take back."""

    model_config = ConfigDict(extra="forbid")

    id: Annotated[Identity | None, Field(description="Of which change; without it, the newest that stands.")] = None


def _field(name: str) -> Any:  # noqa: ANN401 - what create_model takes
    default = getattr(_DEFAULTS, name)
    meaning = MEANINGS[name]
    said = f"{meaning.title}. {meaning.effect} null goes back to what holds without a value of its own."
    kinds: dict[type, Any] = {
        bool: StrictBool | StrictStr | None,
        int: StrictInt | StrictStr | None,
        float: StrictFloat | StrictInt | StrictStr | None,
        str: StrictStr | None,
        tuple: list[StrictFloat | StrictInt] | StrictStr | None,
    }
    return Annotated[kinds[type(default)], Field(description=said)], None


SettingsIn = create_model(
    "SettingsIn",
    __config__=ConfigDict(extra="forbid"),
    __doc__="The settings to change, all of them or none. Texts are read as on the command line: `1m 10m`, `90%`.",
    **{name: _field(name) for name in _SETTABLE},
)


@described(
    Operation(
        method="GET",
        path="/settings",
        name="getSettings",
        summary="Every setting, what it does, and where its value comes from",
        parameters=(DECK_OR_ALL,),
        answers={200: (SettingsOut, "The settings of the deck, or of all decks.")},
        problems=openapi.WITH_PARAMETERS | {404: "No deck has this id."},
    )
)
def get_settings() -> Response:
    """The settings."""
    deck = _deck()
    held = configuring.view(runtime().context, deck)
    rows = [
        SettingOut(
            name=each.name,
            value=_plain(each.value),
            source=each.source.value,
            general=_plain(each.general),
            default=_plain(each.default),
            title=MEANINGS[each.name].title,
            effect=MEANINGS[each.name].effect,
        )
        for each in held
    ]
    return answer(SettingsOut(deck=deck, settings=rows))


@described(
    Operation(
        method="PATCH",
        path="/settings",
        name="patchSettings",
        summary="Change settings, for all decks or for one",
        description="A changed setting moves no date that was already given. A deck keeps a value given to it even if "
        "it is that of all decks.",
        parameters=(DECK_OR_ALL,),
        body=SettingsIn,
        answers={200: (SettingsChangedOut, "What differs now.")},
        problems={
            400: "The body is not JSON, or a parameter is wrong.",
            404: "No deck has this id.",
            422: "A setting is unknown or cannot have that value. Nothing was changed.",
        },
    )
)
def patch_settings() -> Response:
    """Change settings."""
    deck = _deck()
    body = reading.read_body(SettingsIn)
    changes = {name: getattr(body, name) for name in FIELDS if name in body.model_fields_set}
    here = runtime()
    try:
        done = configuring.change(here.context, here.clock(), deck, changes, pin=deck is not None)
    except InvalidSettings as refused:
        errors = [FieldError(field=problem.field, detail=problem.message) for problem in refused.problems]
        raise RefusedRequestError(refused.problem, errors) from refused
    return answer(SettingsChangedOut(changed=list(done.names), change_id=id_or_null(done.change_id)))


@described(
    Operation(
        method="GET",
        path="/settings/changes",
        name="listSettingsChanges",
        summary="The newest changes of settings that still stand",
        answers={200: (ChangesOut, "Twenty at most, the newest first.")},
        problems=openapi.WITH_PARAMETERS,
    )
)
def list_changes() -> Response:
    """The changes."""
    reading.read_parameters([])
    return answer(ChangesOut(changes=[_change_out(each) for each in configuring.history(runtime().context)]))


@described(
    Operation(
        method="POST",
        path="/settings/undo",
        name="undoSettings",
        summary="Take back a change of settings, as if it had never been made",
        description="Called again without an id it takes back the change before.",
        body=SettingsUndoIn,
        answers={200: (SettingsUndoneOut, "What was taken back, if there was anything.")},
        problems={422: "No change of this id stands."},
    )
)
def undo_settings() -> Response:
    """Take back a change."""
    body = reading.read_body(SettingsUndoIn)
    here = runtime()
    undone = configuring.undo(here.context, here.clock(), body.id)
    return answer(SettingsUndoneOut(undone=None if undone is None else _change_out(undone)))


def _deck() -> str | None:
    return reading.read_parameters(["deck"], may_be_empty=["deck"]).get("deck")


def _plain(value: SettingValue | None) -> Value:
    return list(value) if isinstance(value, tuple) else value


def _change_out(change: Change) -> ChangeOut:
    steps = [StepOut(name=step.name, before=_plain(step.before), after=_plain(step.after)) for step in change.steps]
    return ChangeOut(id=str(change.id), at=time_out(change.at), deck=change.deck_id, settings=steps)
