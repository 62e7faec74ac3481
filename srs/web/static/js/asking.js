// @ts-check
/**
 * What the card on show asks its learner to type or to choose, from the question to the rating: what is typed is shown
 * as it is read, handed in, graded by the server, and told with the rating that it suggests. A card that is only turned
 * over asks for nothing; then all of this keeps out of the way.
 *
 * @typedef {import("./api.js").Card} Card
 * @typedef {import("./api.js").GradeOut} GradeOut
 */
import { Refused, Unreachable, grade } from "./api.js";
import { Choices } from "./choices.js";
import { Preview } from "./preview.js";
import { Field } from "./typing.js";
import { Verdict } from "./verdict.js";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/** @param {string} text @returns {string} the same for HTML */
function escaped(text) {
  const place = document.createElement("p");
  place.textContent = text;
  return place.outerHTML;
}

export class Asking {
  /**
   * @param {object} told
   * @param {() => number} told.spent how long the card is being looked at, in milliseconds
   * @param {() => void} told.answered the answer side may be shown
   * @param {() => void} told.left the field was left by its key
   * @param {() => void} told.empty nothing was handed in
   */
  constructor(told) {
    this.told = told;
    this.card = element("card");
    this.place = element("asks");
    this.reading = element("reading");
    this.verdict = new Verdict();
    this.preview = new Preview(element("reading-shown"), element("reading-note"));
    this.field = new Field({
      changed: (text) => this.changed(text),
      entered: (text) => void this.enter(text),
      left: told.left,
    });
    this.choices = new Choices((key) => void this.hand(key));
    /** @type {"typed" | "choices" | null} what the card on show asks for */
    this.kind = null;
    this.about = { card_id: "", seed: 0 };
    /** What was handed in. @type {string | null} */
    this.typed = null;
  }

  /** Take up the card that came with the page. */
  take() {
    const { cardId = "", seed = "0", asks } = this.card.dataset;
    this.about = { card_id: cardId, seed: Number(seed) };
    this.kind = asks === "typed" || asks === "choices" ? asks : null;
    this.state = "asking";
    if (this.kind === "typed") {
      this.field.focus();
      this.changed(this.field.text);
    }
  }

  /** Ask what a card asks, anew. @param {Card} card */
  show(card) {
    this.lay(card);
    this.typed = null;
    this.state = "asking";
    this.verdict.clear();
    this.preview.clear();
    if (card.asks?.kind === "typed") {
      this.field.open(card.asks.hint);
      this.field.form.dataset.takes = card.asks.takes;
      this.reading.hidden = card.asks.takes === "text";
      this.field.focus();
    } else if (card.asks) {
      this.choices.open(card.asks.choices, card.language);
    }
  }

  /** The card on show has another text now: what was typed stays, and is read anew. @param {Card} card */
  reword(card) {
    const before = this.kind;
    const asks = card.asks;
    if (before !== (asks?.kind ?? null)) {
      this.show(card);
      return;
    }
    this.lay(card);
    if (this.state !== "asking") {
      return;
    }
    if (asks?.kind === "typed") {
      this.field.input.placeholder = asks.hint;
      this.changed(this.field.text);
    } else if (asks) {
      this.choices.open(asks.choices, card.language);
    }
  }

  /** @param {Card} card */
  lay(card) {
    this.kind = card.asks?.kind ?? null;
    this.about = { card_id: card.card_id, seed: card.seed };
    this.place.hidden = this.kind === null;
    this.field.form.hidden = this.kind !== "typed";
    this.choices.form.hidden = this.kind !== "choices";
    this.card.dataset.asks = this.kind ?? "";
  }

  /** @param {"asking" | "checking" | "told"} state */
  set state(state) {
    this.place.dataset.state = state;
    this.field.lock(state !== "asking");
  }

  get state() {
    return /** @type {"asking" | "checking" | "told"} */ (this.place.dataset.state);
  }

  /** The rating that the answer suggests; null for none. */
  get suggested() {
    return this.verdict.suggested;
  }

  /** Whether there is something typed that would be lost. */
  get begun() {
    return this.kind === "typed" && this.state === "asking" && this.field.text.trim() !== "";
  }

  /** @returns {{seed?: number, typed?: string}} what the review is to say of it */
  given() {
    if (this.kind === null) {
      return {};
    }
    return { seed: this.about.seed, ...(this.typed !== null && { typed: this.typed }) };
  }

  /** @param {string} text */
  changed(text) {
    this.verdict.clear();
    if (!this.reading.hidden) {
      this.preview.show(this.about, text);
    }
  }

  /** Go where an answer is given; without any, that is nowhere. @returns {boolean} whether there is such a place */
  begin() {
    if (this.kind === null || this.state !== "asking") {
      return false;
    }
    this.kind === "typed" ? this.field.input.focus() : this.choices.move(1);
    return true;
  }

  /** @param {number} step @returns {boolean} whether there is something to choose */
  move(step) {
    const choosing = this.kind === "choices" && this.state === "asking";
    if (choosing) {
      this.choices.move(step);
    }
    return choosing;
  }

  /** @param {string} key @returns {boolean} whether it chose something */
  choose(key) {
    const choosing = this.kind === "choices" && this.state === "asking" && this.choices.has(key);
    if (choosing) {
      void this.hand(key);
    }
    return choosing;
  }

  /** @param {string} text */
  async enter(text) {
    if (text.trim() !== "") {
      await this.hand(text);
    } else if (this.state === "asking") {
      this.told.empty();
      this.field.input.focus();
    }
  }

  /** Have an answer graded, and say what came of it. @param {string} text */
  async hand(text) {
    if (this.state !== "asking") {
      return;
    }
    this.state = "checking";
    this.typed = text; // whatever becomes of it, the review says so
    const about = this.about;
    let said = null;
    let why = "";
    try {
      said = await grade(about.card_id, about.seed, text, this.told.spent());
    } catch (error) {
      const away = error instanceof Unreachable && !error.reason;
      why = away ? "" : error instanceof Refused || error instanceof Unreachable ? error.message : String(error);
    }
    if (about !== this.about) {
      return; // another card is on show by now
    }
    if (said === null) {
      this.tellUngraded(why);
    } else if (said.verdict === "unreadable" && this.state === "checking") {
      this.tellUnreadable(text, said);
    } else {
      this.tell(text, said);
    }
  }

  /** The answer is not given away: what cannot be read may be mended. @param {string} text @param {GradeOut} said */
  tellUnreadable(text, said) {
    this.state = "asking";
    this.preview.clear();
    this.preview.paintUnread(text, "", said.at);
    this.verdict.say(said.verdict, said.message_html);
    this.field.point(said.at);
  }

  /** @param {string} text @param {GradeOut} said */
  tell(text, said) {
    this.state = "told";
    this.preview.clear();
    if (this.kind === "choices") {
      this.choices.mark(text, said.right_choice ?? "");
    } else if (said.read_html || said.read_as) {
      this.preview.paintRead({ html: said.read_html, text: said.read_as, note: "" });
    }
    const slow = said.verdict === "right" && said.suggested === 2;
    this.verdict.say(slow ? "slow" : said.verdict, said.message_html, said.read_as);
    this.verdict.suggest(said.suggested);
    this.told.answered();
  }

  /** @param {string} why empty if the server cannot be reached */
  tellUngraded(why) {
    this.state = "told";
    if (this.kind === "choices") {
      this.choices.mark(this.typed ?? "", "");
    }
    const after = "Compare it yourself, and rate how well you knew it.";
    const away = "Refresher cannot be reached. What you answered is kept and will be graded when it is back.";
    this.verdict.say("ungraded", escaped(`${why || away} ${after}`));
    this.told.answered();
  }

  /** The answer side is open now. @returns {boolean} whether the focus went to the rating that is suggested */
  opened() {
    if (this.kind === null) {
      return false;
    }
    if (this.state === "asking") {
      this.state = "told";
      this.preview.note.textContent = "";
      this.choices.close();
      this.place.hidden = this.kind === "typed" && this.field.text.trim() === ""; // an empty field is no answer to see
      this.verdict.suggest(this.typed === null ? null : 1); // it could not be read, and was not mended
    }
    this.state = "told"; // also if what becomes of the answer is still to be heard
    if (this.suggested !== null) {
      this.verdict.focus();
    }
    return this.suggested !== null;
  }
}
