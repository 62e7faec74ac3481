// @ts-check
/**
 * Shows what is being typed as it is read. The server does the reading: one request is under way at a time, and when
 * its answer comes, the newest text is asked about. What cannot be read while it is still being typed is no mistake
 * yet: only after a pause it is said why, and where.
 *
 * @typedef {import("./api.js").ReadOut} ReadOut
 * @typedef {{card_id: string, seed: number}} About
 */
import { read } from "./api.js";
import { Newest } from "./newest.js";
import { markScrollers } from "./scrollers.js";

const PAUSE = 900;

export class Preview {
  /**
   * @param {HTMLElement} shown where the mathematics goes
   * @param {HTMLElement} note where a sentence goes
   */
  constructor(shown, note) {
    this.shown = shown;
    this.note = note;
    this.newest = new Newest(
      (/** @type {{about: About, text: string}} */ { about, text }) => read(about.card_id, about.seed, text),
      (/** @type {ReadOut | null} */ said, { text }) => this.paint(text, said),
    );
    /** @type {number | undefined} */
    this.timer = undefined;
  }

  /** Show nothing, and nothing that is still to come. */
  clear() {
    this.newest.drop();
    clearTimeout(this.timer);
    this.shown.textContent = "";
    this.shown.classList.remove("former");
    this.note.textContent = "";
  }

  /** Show how a text is read, once that is known. @param {About} about @param {string} text */
  show(about, text) {
    clearTimeout(this.timer);
    if (text.trim() === "") {
      this.clear();
      return;
    }
    this.newest.want({ about, text });
  }

  /** @param {string} text @param {ReadOut | null} said null if the server did not say */
  paint(text, said) {
    clearTimeout(this.timer);
    this.note.textContent = "";
    if (said?.readable) {
      this.paintRead(said);
      return;
    }
    this.shown.classList.add("former");
    if (said) {
      this.timer = window.setTimeout(() => this.paintUnread(text, said.message, said.at), PAUSE);
    }
  }

  /** @param {{html: string, text: string, note: string}} said */
  paintRead(said) {
    this.shown.classList.remove("former");
    if (said.html) {
      this.shown.innerHTML = said.html;
    } else {
      this.shown.textContent = said.text;
    }
    this.note.textContent = said.note;
    markScrollers(this.shown);
  }

  /**
   * The text with the place marked where it stops making sense.
   *
   * @param {string} text @param {string} why @param {number | null} at
   */
  paintUnread(text, why, at) {
    const typed = document.createElement("code");
    typed.className = "typed-text";
    if (at === null) {
      typed.textContent = text;
    } else {
      const characters = [...text];
      const place = document.createElement("mark");
      place.textContent = characters[at] ?? "\u2002";
      typed.append(characters.slice(0, at).join(""), place, characters.slice(at + 1).join(""));
    }
    this.shown.classList.remove("former");
    this.shown.replaceChildren(typed);
    this.note.textContent = why;
  }
}
