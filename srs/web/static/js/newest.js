// @ts-check
/**
 * Asks about the newest of what is wanted, one request at a time: while one is under way, what is wanted next waits, and
 * a still newer one takes its place.
 *
 * @template T, A
 */
export class Newest {
  /**
   * @param {(wanted: T) => Promise<A>} ask
   * @param {(answer: A | null, wanted: T) => void} told null if there was no answer
   */
  constructor(ask, told) {
    this.ask = ask;
    this.told = told;
    /** @type {{wanted: T} | null} */
    this.next = null;
    this.asking = false;
    this.turn = 0;
  }

  /** @param {T} wanted */
  want(wanted) {
    this.next = { wanted };
    void this.run();
  }

  /** Nothing is wanted any more, nor what is still to come. */
  drop() {
    this.next = null;
    this.turn += 1;
  }

  async run() {
    if (this.asking) {
      return;
    }
    this.asking = true;
    while (this.next !== null) {
      const { wanted } = this.next;
      const turn = this.turn;
      this.next = null;
      let answer = null;
      try {
        answer = await this.ask(wanted);
      } catch {
        // There is none: whoever is told says what that means.
      }
      if (turn === this.turn) {
        this.told(answer, wanted);
      }
    }
    this.asking = false;
  }
}
