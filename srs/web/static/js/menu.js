// @ts-check
/** What else can be done to a card: the menu below the one on show, and the notices about others. */

/**
 * @typedef {object} Wanted something that is to be done
 * @property {string} kind as the API names it
 * @property {string} cardId empty for the card on show
 * @property {Record<string, string>} fields what was said with it
 * @property {string} said what to say once it is done
 */

/**
 * Take over the forms of a place.
 *
 * @param {HTMLElement} place
 * @param {(wanted: Wanted) => void} wish
 * @param {boolean} own whether each form names its card; else it is the one on show
 */
export function takeOver(place, wish, own) {
  for (const form of place.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      wish(wanted(form, own));
    });
  }
}

/** @param {HTMLFormElement} form @param {boolean} own @returns {Wanted} */
function wanted(form, own) {
  const { csrf_token: _, card_id: cardId, ...fields } = Object.fromEntries(new FormData(form));
  const { act = "", said = "" } = form.dataset;
  return { kind: act, cardId: own ? String(cardId) : "", fields: /** @type {Record<string, string>} */ (fields), said };
}

export class Menu {
  /** @param {(wanted: Wanted) => void} wish */
  constructor(wish) {
    this.place = /** @type {HTMLDetailsElement} */ (document.getElementById("more"));
    this.problem = /** @type {HTMLElement} */ (document.getElementById("act-problem"));
    this.wish = wish;
    takeOver(this.place, wish, false);
    this.place.addEventListener("toggle", () => !this.place.open && this.clear());
    this.place.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.place.open) {
        event.stopPropagation();
        this.close();
        this.place.querySelector("summary")?.focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (event.target instanceof Node && !this.place.contains(event.target)) {
        this.place.open = false;
      }
    });
  }

  /** Do one of those that need no words. @param {string} kind */
  now(kind) {
    const form = this.place.querySelector(`form[data-act="${kind}"]`);
    if (form instanceof HTMLFormElement) {
      this.wish(wanted(form, false));
    }
  }

  /** Open it or close it, and go to its first line. */
  toggle() {
    this.place.open = !this.place.open;
    /** @type {HTMLElement | null} */ (this.place.querySelector(this.place.open ? "button" : "summary"))?.focus();
  }

  /** Ask what is wrong with the card. */
  flag() {
    const part = /** @type {HTMLDetailsElement} */ (document.getElementById("flag-open"));
    this.place.open = true;
    part.open = true;
    part.querySelector("textarea")?.focus();
  }

  close() {
    this.place.open = false;
  }

  /** Forget what was typed, and what was said about it. */
  clear() {
    this.refuse("");
    for (const part of this.place.querySelectorAll("details")) {
      part.open = false;
    }
    for (const form of this.place.querySelectorAll("form")) {
      form.reset();
    }
  }

  /** Say why it was not done, where it was asked for. @param {string} why @returns {boolean} whether it is open */
  refuse(why) {
    this.problem.textContent = why;
    this.problem.hidden = why === "";
    this.problem.scrollIntoView({ block: "nearest" });
    return this.place.open;
  }
}
