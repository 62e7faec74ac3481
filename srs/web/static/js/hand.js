// @ts-check
/**
 * The cards held ready, so that the next question appears without waiting for the network. The server decides which
 * they are and their order; after each answer it is asked again, in the background.
 *
 * @typedef {import("./api.js").Card} Card
 * @typedef {import("./api.js").Queue} Queue
 */
import { queue } from "./api.js";

const HELD = 10;

export class Hand {
  /** @param {() => Set<string>} busy the cards that must not be dealt: shown now, or answered but not confirmed */
  constructor(busy) {
    this.busy = busy;
    /** @type {Card[]} */
    this.cards = [];
    this.changes = 0;
  }

  /** @returns {Card | null} the next card, no longer held */
  deal() {
    this.changes += 1;
    return this.cards.shift() ?? null;
  }

  /** @param {string} cardId no longer to be shown */
  drop(cardId) {
    this.changes += 1;
    this.cards = this.cards.filter((card) => card.card_id !== cardId);
  }

  /**
   * Ask the server which cards come next.
   *
   * @param {number} [limit] how many of them
   * @returns {Promise<Queue | null>} what it said; null if a card was dealt meanwhile, so that the answer is stale
   * @throws {import("./api.js").Unreachable}
   */
  async refill(limit = HELD) {
    const before = ++this.changes;
    const said = await queue(limit);
    if (before !== this.changes) {
      return null;
    }
    const busy = this.busy();
    this.cards = said.cards.filter((card) => !busy.has(card.card_id));
    return said;
  }
}
