// @ts-check
/**
 * The field that an answer is typed into. Enter hands it in, Escape leaves it, so that single keys mean what they mean
 * elsewhere; a touch screen gets keys for the signs that its keyboard hides.
 */

const TOUCH = window.matchMedia("(hover: none) and (pointer: coarse)");

export class Field {
  /**
   * @param {object} told
   * @param {(text: string) => void} told.changed
   * @param {(text: string) => void} told.entered
   * @param {() => void} told.left
   */
  constructor(told) {
    this.form = /** @type {HTMLFormElement} */ (document.getElementById("typed"));
    this.input = /** @type {HTMLInputElement} */ (document.getElementById("field"));
    this.whole = /** @type {HTMLElement} */ (document.getElementById("typed-whole"));
    this.palette = /** @type {HTMLElement} */ (document.getElementById("palette"));
    this.palette.hidden = false;
    this.input.addEventListener("input", () => told.changed(this.input.value));
    this.input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing) {
        event.preventDefault();
        told.left();
      } else if (event.key === "Enter" && event.repeat) {
        event.preventDefault(); // it is held down since the card before
      }
    });
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      told.entered(this.input.value);
    });
    // A key of the palette leaves the focus, and so the screen's keyboard, where it is.
    this.palette.addEventListener("pointerdown", (event) => event.preventDefault());
    this.palette.addEventListener("click", (event) => {
      const key = event.target instanceof Element && event.target.closest("button");
      if (key) {
        this.insert(key.dataset.before ?? "", key.dataset.after ?? "");
      }
    });
  }

  get text() {
    return this.input.value;
  }

  /** Make it ready for an answer. @param {string} hint what an answer may look like */
  open(hint) {
    this.input.value = "";
    this.input.placeholder = hint;
    this.lock(false);
  }

  /** @param {boolean} locked whether what was typed is only to be seen */
  lock(locked) {
    this.input.readOnly = locked;
    this.whole.textContent = locked ? this.text : "";
  }

  /** Go into the field, unless that would bring up a keyboard that nobody asked for. */
  focus() {
    if (!TOUCH.matches) {
      this.input.focus({ preventScroll: true });
    }
  }

  /** Put the caret where the text stops making sense. @param {number | null} at counted in characters */
  point(at) {
    const place = at === null ? this.text.length : [...this.text].slice(0, at).join("").length;
    this.input.focus({ preventScroll: true });
    this.input.setSelectionRange(place, place);
  }

  /** Write a sign at the caret, around what is selected. @param {string} before @param {string} after */
  insert(before, after) {
    const { selectionStart: start, selectionEnd: end, value, maxLength } = this.input;
    const from = start ?? value.length;
    const to = end ?? value.length;
    if (this.input.readOnly || value.length + before.length + after.length > maxLength) {
      return;
    }
    const chosen = value.slice(from, to);
    this.input.focus({ preventScroll: true });
    this.input.setRangeText(before + chosen + after, from, to, "end");
    const caret = from + before.length + chosen.length;
    this.input.setSelectionRange(caret, caret);
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
