// @ts-check
/**
 * Answers on their way to the server. Each is kept in the browser's own store before it is sent and until the server
 * has confirmed it, so that neither a reload nor a server that is away loses one. They are sent one after another, in
 * the order in which they were given; sending one twice does no harm, since its id is made here.
 *
 * @typedef {import("./api.js").Review} Review
 */
import { Refused, postReview } from "./api.js";

const PREFIX = "refresher.answer.";
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export class Outbox {
  /**
   * @param {object} told
   * @param {(waiting: number) => void} told.waiting how many are kept because the server is away; 0 once it is back
   * @param {(review: Review, detail: string) => void} told.refused the server will not take this one
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
    window.addEventListener("focus", () => this.send());
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
        await postReview(review);
      } catch (error) {
        if (!(error instanceof Refused)) {
          this.told.waiting(this.reviews.length);
          this.timer = window.setTimeout(() => this.send(), this.wait);
          this.wait = Math.min(LONGEST_WAIT, 2 * this.wait);
          return;
        }
        this.told.refused(review, error.message);
      }
      this.reviews.shift();
      forget(review);
      this.mark();
    }
    this.wait = FIRST_WAIT;
    this.safe = true;
    this.told.waiting(0);
    if (any) {
      this.told.sent();
    }
  }
}

/** @returns {Review[]} what an earlier page of this browser could not send, oldest first */
function kept() {
  const found = [];
  try {
    for (let index = 0; index < localStorage.length; index++) {
      const key = localStorage.key(index);
      if (key?.startsWith(PREFIX)) {
        found.push(JSON.parse(localStorage.getItem(key) ?? ""));
      }
    }
  } catch {
    // A store that cannot be read holds nothing to send.
  }
  return found.sort((a, b) => a.reviewed_at.localeCompare(b.reviewed_at));
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
