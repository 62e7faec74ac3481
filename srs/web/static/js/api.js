// @ts-check
/**
 * The server's JSON API, as far as the pages use it.
 *
 * @typedef {{due: string, interval_days: number, label: string}} Next
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
 * @property {Record<string, Next>} next
 * @property {boolean} opens_section
 * @typedef {{counts: Counts, cards: Card[], next_due: string | null, undoable: boolean}} Queue
 * @typedef {object} Review
 * @property {string} id made here, so that sending it twice is one review
 * @property {string} card_id
 * @property {number} rating
 * @property {string} reviewed_at
 * @property {number} duration_ms
 * @typedef {{undone: string | null, card_id: string | null, card: Card | null, undoable: boolean}} Undone
 */

const ROOT = "/api/v1";
const PATIENCE = 20000; // a server that says nothing for so long is as good as away; what was sent to it is sent again

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
  /** @param {string} detail @param {string} [reason] what the server itself says is the matter; empty if it is away */
  constructor(detail, reason = "") {
    super(detail);
    this.reason = reason;
  }
}

const REFUSALS = new Set([400, 404, 409, 415, 422]);

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 * @returns {Promise<any>} the JSON that came back
 * @throws {Refused | Unreachable}
 */
async function call(method, path, body) {
  /** @type {RequestInit} */
  const request = { method, cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout?.(PATIENCE) };
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
  throw new Unreachable(detail, said.title ?? "");
}

/** @param {number} limit @returns {Promise<Queue>} */
export function queue(limit) {
  return call("GET", `/queue?limit=${limit}`);
}

/** @param {Review} review */
export function postReview(review) {
  return call("POST", "/reviews", review);
}

/** @returns {Promise<Undone>} */
export function undo() {
  return call("POST", "/undo", {});
}

/** @param {string} cardId */
export function suspend(cardId) {
  return call("POST", `/cards/${cardId}/suspend`, {});
}

/** @param {string} zone */
export function putTimeZone(zone) {
  return call("PUT", "/time-zone", { zone });
}
