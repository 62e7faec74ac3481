// @ts-check
/**
 * The answers of which one is to be chosen: by a click, by its letter, or by the arrow keys and Enter.
 *
 * @typedef {import("./api.js").Choice} Choice
 */
import { markScrollers } from "./scrollers.js";

export class Choices {
  /** @param {(key: string) => void} chosen told which one */
  constructor(chosen) {
    this.form = /** @type {HTMLFormElement} */ (document.getElementById("choices"));
    this.list = /** @type {HTMLElement} */ (document.getElementById("choice-list"));
    this.model = /** @type {HTMLTemplateElement} */ (document.getElementById("choice-model"));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const button = event instanceof SubmitEvent ? event.submitter : null;
      if (button instanceof HTMLButtonElement) {
        chosen(button.value);
      }
    });
  }

  /** @returns {HTMLButtonElement[]} */
  get buttons() {
    return [...this.list.querySelectorAll("button")];
  }

  /** @param {readonly Choice[]} choices @param {string} language */
  open(choices, language) {
    this.list.lang = language;
    this.list.replaceChildren(...choices.map((choice) => this.made(choice)));
    markScrollers(this.list);
  }

  /** @param {Choice} choice */
  made(choice) {
    const made = /** @type {DocumentFragment} */ (this.model.content.cloneNode(true));
    const button = /** @type {HTMLButtonElement} */ (made.querySelector("button"));
    button.value = choice.key;
    /** @type {HTMLElement} */ (made.querySelector(".choice-key")).textContent = choice.key;
    /** @type {HTMLElement} */ (made.querySelector(".choice-text")).innerHTML = choice.html;
    return made;
  }

  /** @param {string} key @returns {boolean} whether there is such a one to choose */
  has(key) {
    return this.buttons.some((button) => button.value === key && !button.disabled);
  }

  /** Go to the next or the one before. @param {number} step */
  move(step) {
    const buttons = this.buttons;
    const at = buttons.findIndex((button) => button === document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : buttons.length - 1) : (at + step + buttons.length) % buttons.length;
    buttons[next]?.focus();
  }

  /** Mark the one that was chosen, and the right one as far as it is known. @param {string} chosen @param {string} right */
  mark(chosen, right) {
    for (const button of this.buttons) {
      button.disabled = true;
      const own = button.value === chosen;
      const is = button.value === right ? "right" : own ? "chosen" : "";
      button.dataset.is = own && right !== "" && right !== chosen ? "wrong" : is;
      const says = /** @type {HTMLElement} */ (button.querySelector(".choice-mark"));
      says.textContent = [own ? "your choice" : "", button.value === right ? "right" : ""].filter(Boolean).join(", ");
    }
  }

  /** Let nothing more be chosen. */
  close() {
    this.mark("", "");
  }
}
