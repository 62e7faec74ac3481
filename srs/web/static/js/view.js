// @ts-check
/**
 * The review page's elements, and putting cards and sentences into them.
 *
 * @typedef {import("./api.js").Card} Card
 * @typedef {import("./api.js").Counts} Counts
 */

import { markScrollers } from "./scrollers.js";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  const found = document.getElementById(id);
  if (!found) {
    throw new Error(`the page has no #${id}`);
  }
  return found;
}

export class View {
  constructor() {
    this.card = element("card");
    this.question = element("question");
    this.answer = element("answer");
    this.asks = element("asks");
    this.reveal = /** @type {HTMLDetailsElement} */ (element("reveal"));
    this.ratings = element("ratings");
    this.section = element("section");
    this.lesson = /** @type {HTMLAnchorElement} */ (element("lesson"));
    this.opening = element("opening");
    this.waiting = element("waiting");
    this.waitingSays = element("waiting-says");
    this.tryAgain = element("try-again");
    this.progress = /** @type {HTMLProgressElement} */ (element("progress"));
    this.undo = element("undo");
    this.undoButton = /** @type {HTMLButtonElement} */ (element("undo-button"));
    this.showKeys = element("show-keys");
    this.status = element("status");
    this.unsent = element("unsent");
    this.refused = element("refused");
    this.done = Number(this.card.dataset.done);
    this.showKeys.hidden = false;
  }

  /** Put a card's question up, its answer folded away. @param {Card} card */
  paint(card) {
    this.waiting.hidden = true;
    this.question.hidden = false;
    this.reveal.hidden = false;
    this.reveal.open = false;
    this.fill(card);
    this.question.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  /** Put the card on show up with the text that it has now, its answer as far as it was shown. @param {Card} card */
  reword(card) {
    this.fill(card);
    if (this.reveal.open) {
      markScrollers(this.answer);
    }
  }

  /** @param {Card} card */
  fill(card) {
    for (const place of [this.question, this.answer, this.section]) {
      place.lang = card.language;
    }
    this.question.innerHTML = card.front_html;
    this.answer.innerHTML = card.back_html;
    this.card.dataset.cardId = card.card_id;
    this.card.dataset.kind = card.kind;
    this.section.textContent = card.section_title;
    this.lesson.href = `/lesson/${card.deck_id}/${card.section_id}`;
    this.opening.hidden = !card.opens_section;
    for (const [rating, next] of Object.entries(card.next)) {
      element(`when-${rating}`).textContent = next.label;
    }
    markScrollers(this.question);
  }

  /** Show the answer under the question. */
  open() {
    this.reveal.open = true;
    markScrollers(this.answer);
  }

  /** Go to the answer. */
  goToAnswer() {
    this.answer.focus({ preventScroll: true });
    const hidden = this.answer.getBoundingClientRect().top > window.innerHeight / 2;
    if (hidden) {
      this.answer.scrollIntoView({ block: "center" });
    }
  }

  /** There is no card to show for now. @param {string} sentence @param {boolean} [retry] */
  wait(sentence, retry = false) {
    this.question.hidden = true;
    this.asks.hidden = true;
    this.reveal.hidden = true;
    this.waiting.hidden = false;
    this.waitingSays.textContent = sentence;
    this.tryAgain.hidden = !retry;
  }

  /** @param {Counts} counts */
  count(counts) {
    element("count-new").textContent = String(counts.new);
    element("count-learning").textContent = String(counts.learning);
    element("count-review").textContent = String(counts.review);
    this.progress.max = Math.max(1, this.done + counts.new + counts.learning + counts.review);
    this.progress.value = this.done;
  }

  /** @param {number} change */
  addDone(change) {
    this.done = Math.max(0, this.done + change);
    this.progress.value = this.done;
  }

  /** A sentence for the eye and the ear. @param {string} sentence */
  say(sentence) {
    this.status.textContent = sentence;
  }

  /** @param {HTMLElement} place @param {string} sentence empty for none */
  notice(place, sentence) {
    place.textContent = sentence;
    place.hidden = sentence === "";
  }
}
