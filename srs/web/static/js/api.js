// @ts-check
/**
 * The server's JSON API, as far as the pages use it.
 *
 * @typedef {{due: string, interval_days: number, label: string}} Next
 * @typedef {{key: string, html: string}} Choice
 * @typedef {{kind: "typed", takes: string, hint: string}} Typed an answer that is typed
 * @typedef {{kind: "choices", choices: Choice[]}} Chosen an answer that is chosen
 * @typedef {{new: number, learning: number, review: number}} Counts
 * @typedef {object} Card
 * @property {string} card_id
 * @property {string} deck_id
 * @property {string} section_id
 * @property {string} section_title
 * @property {string} language the tag of the deck's language
 * @property {string} kind
 * @property {string} state
 * @property {string} front_html
 * @property {string} back_html
 * @property {number} seed of the numbers that are shown
 * @property {Typed | Chosen | null} asks null for a card that is only turned over
 * @property {Record<string, Next>} next
 * @property {boolean} opens_section
 * @typedef {{counts: Counts, cards: Card[], next_due: string | null, undoable: boolean}} Queue
 * @typedef {object} Review
 * @property {string} id made here, so that sending it twice is one review
 * @property {string} card_id
 * @property {number} rating
 * @property {string} reviewed_at
 * @property {true} [misdated] it was given by a clock that was wrong; kept here alone
 * @property {number} duration_ms
 * @property {number} [seed] of the numbers that were shown
 * @property {string} [typed] what was typed or chosen
 * @typedef {object} ReadOut how something typed is read
 * @property {boolean} readable
 * @property {string} html as mathematics
 * @property {string} text in one plain line
 * @property {string} note the rule that settled what could be read in two ways
 * @property {string} message why it cannot be read
 * @property {number | null} at where it cannot be, in characters
 * @typedef {object} GradeOut
 * @property {"right" | "wrong_form" | "wrong" | "unreadable"} verdict
 * @property {string} message_html
 * @property {string} read_as
 * @property {string} read_html
 * @property {number | null} at
 * @property {number} suggested the rating
 * @property {string | null} [right_choice]
 * @typedef {{undone: string | null, label: string, card_id: string | null, card: Card | null, undoable: boolean}} Undone
 */

const ROOT = "/api/v1";
const PATIENCE = 20000; // a server that says nothing for so long is as good as away; what was sent to it is sent again
const SHORT_PATIENCE = 4000; // nobody waits longer to hear what became of an answer, which is kept anyway

/** The server understood and refused; asking the same again would not help. */
export class Refused extends Error {
  /** @param {string} detail @param {string | undefined} field what of the request is to blame @param {number} now */
  constructor(detail, field, now) {
    super(detail);
    this.field = field;
    /** The server's clock at that moment, in milliseconds; NaN if it did not say. */
    this.now = now;
  }
}

/** The server could not be reached, or failed: the same request may go through later. */
export class Unreachable extends Error {
  /**
   * @param {string} detail
   * @param {string} [reason] what the server itself says is the matter; empty if it is away
   * @param {string} [type] the type of the problem, if the server named one
   */
  constructor(detail, reason = "", type = "") {
    super(detail);
    this.reason = reason;
    this.type = type;
  }
}

const REFUSALS = new Set([400, 404, 409, 415, 422]);

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @param {number} [patience] in milliseconds
 * @returns {Promise<any>} the JSON that came back
 * @throws {Refused | Unreachable}
 */
async function call(method, path, body, patience = PATIENCE) {
  /** @type {RequestInit} */
  const request = { method, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(patience) };
  if (body !== undefined) {
    request.headers = { "Content-Type": "application/json" };
    request.body = JSON.stringify(body);
    request.keepalive = true; // it goes out even if the page is left at this very moment
  }
  let response;
  let said;
  try {
    response = await fetch(ROOT + path, request);
    said = await response.json();
  } catch (error) {
    throw new Unreachable(String(error));
  }
  if (response.ok) {
    return said;
  }
  const detail = said.detail ?? response.statusText;
  if (REFUSALS.has(response.status)) {
    throw new Refused(detail, said.field, Date.parse(response.headers.get("Date") ?? ""));
  }
  throw new Unreachable(detail, said.title ?? "", said.type);
}

/** @param {number} limit @returns {Promise<Queue>} */
export function queue(limit) {
  return call("GET", `/queue?limit=${limit}`);
}

/** @param {Review} review @returns {Promise<{leech: "mark" | "suspend" | null, shaky: import("./shaky.js").Shaky[]}>} */
export function postReview({ misdated, ...review }) {
  return call("POST", "/reviews", misdated ? { ...review, reviewed_at: new Date().toISOString() } : review);
}

/** @returns {Promise<Undone>} */
export function undo() {
  return call("POST", "/undo", {});
}

/** How something typed is read. @param {string} card_id @param {number} seed @param {string} typed @returns {Promise<ReadOut>} */
export function read(card_id, seed, typed) {
  return call("POST", "/read", { card_id, seed, typed }, SHORT_PATIENCE);
}

/**
 * What becomes of an answer; nothing is kept of it.
 *
 * @param {string} card_id @param {number} seed @param {string} typed @param {number} duration_ms
 * @returns {Promise<GradeOut>}
 */
export function grade(card_id, seed, typed, duration_ms) {
  return call("POST", "/grade", { card_id, seed, typed, duration_ms }, SHORT_PATIENCE);
}

/**
 * Do something to a card that is no answer.
 *
 * @param {string} kind suspend, bury, flag and so on @param {string} cardId @param {Record<string, string>} fields
 * @returns {Promise<{changed: string[]}>} the card, unless it stood so already
 */
export function act(kind, cardId, fields) {
  return call("POST", `/acts/${kind}`, { card_ids: [cardId], ...fields });
}

/** @param {string} zone */
export function putTimeZone(zone) {
  return call("PUT", "/time-zone", { zone });
}
