// @ts-check
/** Measures the time on a card: it stands still while the page is out of sight, and never says more than the cap. */
export class Stopwatch {
  /** @param {number} cap in milliseconds */
  constructor(cap) {
    this.cap = cap;
    this.spent = 0;
    /** @type {number | null} */
    this.since = null;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : this.resume()));
    this.restart();
  }

  /** Begin at nothing. @param {number} [cap] in milliseconds, from now on */
  restart(cap = this.cap) {
    this.cap = cap;
    this.spent = 0;
    this.since = document.hidden ? null : performance.now();
  }

  pause() {
    this.spent = this.elapsed();
    this.since = null;
  }

  resume() {
    this.since ??= performance.now();
  }

  /** @returns {number} whole milliseconds, without the cap */
  elapsed() {
    const running = this.since === null ? 0 : performance.now() - this.since;
    return Math.max(0, Math.round(this.spent + running));
  }

  /** @returns {number} whole milliseconds, the cap at most */
  read() {
    return Math.min(this.cap, this.elapsed());
  }
}
