// @ts-check
/**
 * Answers on their way to the server. Each is kept in the browser's own store before it is sent and until the server
 * has confirmed it, so that neither a reload nor a server that is away loses one. They are sent one after another, in
 * the order in which they were given; sending one twice does no harm, since its id is made here.
 *
 * @typedef {import("./api.js").Review} Review
 */
import { Refused, Unreachable, postReview } from "./api.js";

const PREFIX = "refresher.answer.";
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export class Outbox {
  /**
   * @param {object} told
   * @param {(waiting: number, reason: string) => void} told.waiting how many are kept because the server is away (or
   *   cannot write; then it says why); 0 once it is back
   * @param {(review: Review, detail: string) => void} told.refused the server will not take this one
   * @param {(review: Review, action: "mark" | "suspend") => void} told.leech its card was forgotten again and again
   * @param {() => void} told.sent all are with the server
   */
  constructor(told) {
    this.told = told;
    /** @type {Review[]} */
    this.reviews = kept();
    /** @type {Promise<void> | null} */
    this.sending = null;
    this.wait = FIRST_WAIT;
    this.safe = true;
    /** @type {number | undefined} */
    this.timer = undefined;
    this.mark();
    window.addEventListener("online", () => this.send());
    window.addEventListener("beforeunload", (event) => {
      if (!this.safe && this.reviews.length > 0) {
        event.preventDefault();
      }
    });
  }

  /** @returns {Set<string>} the cards whose answers are not confirmed yet */
  cards() {
    return new Set(this.reviews.map((review) => review.card_id));
  }

  /** Let the page tell how many are on their way. */
  mark() {
    document.body.dataset.unsent = String(this.reviews.length);
  }

  /** @param {Review} review */
  add(review) {
    this.reviews.push(review);
    this.safe = keep(review) && this.safe;
    this.mark();
    this.send();
  }

  /** Send what there is; settles when all is sent or the server turns out to be away. @returns {Promise<void>} */
  send() {
    clearTimeout(this.timer);
    this.sending ??= this.sendAll().finally(() => {
      this.sending = null;
    });
    return this.sending;
  }

  async sendAll() {
    const any = this.reviews.length > 0;
    while (this.reviews.length > 0) {
      const review = this.reviews[0];
      try {
        const result = await postReview(review);
        document.dispatchEvent(new CustomEvent("refresher:answered", { detail: result }));
        const { leech } = result;
        if (leech) {
          this.told.leech(review, leech);
        }
      } catch (error) {
        if (error instanceof Unreachable && error.type.endsWith(":clock-behind")) {
          review.misdated = true; // it is worth more than its date: it gets that at which the clock is right again
          keep(review);
        }
        if (!(error instanceof Refused)) {
          this.told.waiting(this.reviews.length, error instanceof Unreachable ? error.reason : "");
          this.timer = window.setTimeout(() => this.send(), this.wait);
          this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
          return;
        }
        if (redate(review, error)) {
          keep(review);
          continue;
        }
        this.told.refused(review, error.message);
      }
      this.reviews.shift();
      forget(review);
      this.mark();
    }
    this.wait = FIRST_WAIT;
    this.safe = true;
    this.told.waiting(0, "");
    if (any) {
      this.told.sent();
    }
  }
}

/** Answers that have the server's date instead of their own. @type {WeakSet<Review>} */
const redated = new WeakSet();

/**
 * A clock that is wrong dates answers into the future or a past long gone, which no server takes. An answer is worth
 * more than its date: it is given the server's, once.
 *
 * @param {Review} review
 * @param {Refused} refusal
 * @returns {boolean} whether the review was changed, so that it may be sent again
 */
function redate(review, refusal) {
  if (refusal.field !== "reviewed_at" || Number.isNaN(refusal.now) || redated.has(review)) {
    return false;
  }
  redated.add(review);
  review.reviewed_at = new Date(refusal.now + 999).toISOString(); // the server says whole seconds
  return true;
}

/** @returns {Review[]} what an earlier page of this browser could not send, oldest first */
function kept() {
  /** @type {Review[]} */
  const found = [];
  for (const key of keys()) {
    try {
      const review = JSON.parse(localStorage.getItem(key) ?? "");
      if (typeof review.reviewed_at === "string" && key === PREFIX + review.id) {
        found.push(review);
      }
    } catch {
      // What was not written by this page is not sent either.
    }
  }
  return found.sort((a, b) => (a.reviewed_at < b.reviewed_at ? -1 : 1));
}

/** @returns {string[]} the names under which answers are kept */
function keys() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    return []; // a store that cannot be read holds nothing to send
  }
}

/** @param {Review} review @returns {boolean} whether the browser's store took it */
function keep(review) {
  try {
    localStorage.setItem(PREFIX + review.id, JSON.stringify(review));
    return true;
  } catch {
    return false;
  }
}

/** @param {Review} review */
function forget(review) {
  try {
    localStorage.removeItem(PREFIX + review.id);
  } catch {
    // It was never kept then.
  }
}
