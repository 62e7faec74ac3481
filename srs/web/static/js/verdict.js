// @ts-check
/**
 * Says what became of an answer, and marks the rating that it suggests.
 *
 * @typedef {import("./api.js").GradeOut} GradeOut
 */
import { markScrollers } from "./scrollers.js";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

export class Verdict {
  constructor() {
    this.place = element("asks");
    this.outcome = element("outcome");
    this.title = element("outcome-title");
    this.says = element("outcome-says");
    this.read = element("outcome-read");
    this.ratings = element("ratings");
    /** The rating that an answer suggests; null for none. @type {number | null} */
    this.suggested = null;
  }

  clear() {
    this.place.dataset.verdict = "";
    this.title.textContent = "";
    this.says.textContent = "";
    this.read.textContent = "";
    this.suggest(null);
  }

  /**
   * @param {string} verdict as the API names it, or `slow` or `ungraded`
   * @param {string} says safe HTML
   * @param {string} [readAs] how it was read, for those who hear it; the others see it
   */
  say(verdict, says, readAs = "") {
    this.place.dataset.verdict = verdict;
    this.title.textContent = this.outcome.getAttribute(`data-${verdict.replace("_", "-")}`);
    this.says.innerHTML = says;
    this.read.textContent = readAs && `Read as ${readAs}.`;
    markScrollers(this.says);
  }

  /** Mark a rating. @param {number | null} rating */
  suggest(rating) {
    this.suggested = rating;
    for (const button of this.ratings.querySelectorAll("button")) {
      const is = Number(button.value) === rating;
      button.classList.toggle("is-suggested", is);
      /** @type {HTMLElement} */ (button.querySelector(".suggested")).hidden = !is;
    }
  }

  /** Go to the rating that is suggested, so that Enter accepts it. */
  focus() {
    /** @type {HTMLElement | null} */ (this.ratings.querySelector(".is-suggested"))?.focus({ preventScroll: true });
    this.outcome.scrollIntoView({ block: "nearest" });
  }
}
