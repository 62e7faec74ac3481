// @ts-check
/**
 * The fields in which an author tries answers to a problem: what comes of one is shown while it is typed, and again when
 * the deck was changed.
 */
import { Newest } from "./newest.js";
import { markScrollers } from "./scrollers.js";

/** @param {Element} form @returns {HTMLInputElement} */
function field(form) {
  return /** @type {HTMLInputElement} */ (form.querySelector('input[name="typed"]'));
}

/** @param {HTMLFormElement} form @param {string} html */
function tell(form, html) {
  const place = /** @type {HTMLElement} */ (form.querySelector(".tried-place"));
  place.innerHTML = html;
  markScrollers(place);
}

/** @type {WeakMap<HTMLFormElement, Newest<string, string>>} */
const known = new WeakMap();

/** @param {HTMLFormElement} form @returns {Newest<string, string>} */
function trials(form) {
  const before = known.get(form);
  if (before) {
    return before;
  }
  const { address = "", seed = "" } = form.dataset;
  const made = new Newest(
    async (/** @type {string} */ typed) => {
      const asked = new URL(address, location.href);
      asked.search = String(new URLSearchParams({ seed, typed }));
      const answer = await fetch(asked, { cache: "no-store", credentials: "same-origin" });
      if (!answer.ok) {
        throw new Error(answer.statusText);
      }
      return answer.text();
    },
    (/** @type {string | null} */ html) => tell(form, html ?? '<p class="soft small">It cannot be tried now.</p>'),
  );
  known.set(form, made);
  return made;
}

/** @param {HTMLFormElement} form */
function attempt(form) {
  const typed = field(form).value;
  if (typed.trim() === "") {
    trials(form).drop();
    tell(form, "");
  } else {
    trials(form).want(typed);
  }
}

/** @param {Event} event @returns {HTMLFormElement | null} */
function tryOf(event) {
  return event.target instanceof Element ? event.target.closest("form.try") : null;
}

/** Show what comes of what is typed into any of the fields within. @param {HTMLElement} within */
export function listenToTries(within) {
  for (const kind of ["input", "submit"]) {
    within.addEventListener(kind, (event) => {
      const form = tryOf(event);
      if (form) {
        event.preventDefault();
        attempt(form);
      }
    });
  }
}

/**
 * A tile takes another's place: what was typed for the same numbers stays, and is tried anew.
 *
 * @param {Element} before @param {Element} made @param {Element | null} focus what had the focus
 * @returns {boolean} whether the field that had the focus has it again
 */
export function tryAgain(before, made, focus) {
  let focused = false;
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (before.querySelectorAll("form.try"))) {
    const typed = field(form);
    const again = /** @type {HTMLFormElement | null} */ (made.querySelector(`form.try[data-seed="${form.dataset.seed}"]`));
    if (again && typed.value !== "") {
      field(again).value = typed.value;
      attempt(again);
    }
    if (again && typed === focus) {
      field(again).focus({ preventScroll: true });
      focused = true;
    }
  }
  return focused;
}
