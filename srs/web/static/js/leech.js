// @ts-check
/**
 * The notice about a card that was forgotten again and again. By then another card is on show, so that what is known of
 * those shown before is kept here.
 *
 * @typedef {{front: string, language: string, lesson: string}} Known
 * @typedef {import("./menu.js").Wanted} Wanted
 */
import { takeOver } from "./menu.js";

const KEPT = 50;

export class Leech {
  /**
   * @param {(wanted: Wanted) => void} wish
   * @param {() => void} closed the learner has read it
   */
  constructor(wish, closed) {
    this.place = /** @type {HTMLElement} */ (document.getElementById("leech"));
    this.closed = closed;
    /** @type {Map<string, Known>} */
    this.known = new Map();
    takeOver(this.place, wish, true);
    const close = this.part(".leech-close");
    close.hidden = false;
    close.addEventListener("click", () => this.close());
  }

  /** @param {string} selector @returns {HTMLElement} */
  part(selector) {
    return /** @type {HTMLElement} */ (this.place.querySelector(selector));
  }

  /** Whether there is something to read. */
  get open() {
    return !this.place.hidden;
  }

  /** Remember a card that is put up. @param {string} cardId @param {Known} card */
  see(cardId, card) {
    this.known.delete(cardId);
    this.known.set(cardId, card);
    for (const old of [...this.known.keys()].slice(0, -KEPT)) {
      this.known.delete(old);
    }
  }

  /** @param {string} cardId @param {"mark" | "suspend"} action what was done to it */
  tell(cardId, action) {
    const card = this.known.get(cardId);
    const suspended = action === "suspend";
    const front = this.part(".leech-front");
    front.lang = card?.language ?? "";
    front.innerHTML = card?.front ?? "";
    front.hidden = !card;
    const lesson = /** @type {HTMLAnchorElement} */ (this.part(".leech-lesson"));
    lesson.href = card?.lesson ?? "";
    lesson.hidden = !card;
    this.part(".when-suspended").hidden = !suspended;
    this.part("form[data-act=suspend]").hidden = suspended;
    this.part("form[data-act=unsuspend]").hidden = !suspended;
    this.part("textarea").closest("details")?.removeAttribute("open");
    for (const form of this.place.querySelectorAll("form")) {
      form.reset();
      /** @type {HTMLInputElement} */ (form.querySelector("[name=card_id]")).value = cardId;
    }
    this.place.hidden = false;
  }

  close() {
    if (this.open) {
      this.place.hidden = true;
      this.closed();
    }
  }
}
