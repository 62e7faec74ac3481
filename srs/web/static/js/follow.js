// @ts-check
/**
 * Follows the decks on disk, with `serve --watch` alone: asks the server again and again whether anything changed, as
 * long as the page is in sight.
 *
 * @typedef {{version: string, library: string, trouble: string}} Said
 */
const PERIOD = 150;
const AWAY_PERIOD = 1000;
const PATIENCE = 20000;

/**
 * @template {Said} T
 * @param {string} address what to ask
 * @param {string} version what the page shows
 * @param {object} told
 * @param {(said: T) => void | Promise<void>} told.changed
 * @param {(away: boolean) => void} [told.away] the server cannot be reached, or can again
 */
export function follow(address, version, told) {
  let away = false;
  let asking = false;
  /** @type {number | undefined} */
  let timer;

  async function ask() {
    clearTimeout(timer);
    if (asking || document.hidden) {
      return;
    }
    asking = true;
    const wasAway = away;
    try {
      const asked = new URL(address, location.href);
      asked.searchParams.set("since", version);
      const answer = await fetch(asked, {
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      away = !(answer.ok || answer.status === 404);
      if (answer.status === 404) {
        return; // started again without --watch: there is nothing to follow
      }
      if (answer.status === 200) {
        const said = await answer.json();
        version = said.version;
        await told.changed(said);
      }
    } catch {
      away = true;
    } finally {
      asking = false;
    }
    if (away !== wasAway) {
      told.away?.(away);
    }
    timer = window.setTimeout(() => void ask(), away ? AWAY_PERIOD : PERIOD);
  }

  document.addEventListener("visibilitychange", () => void ask());
  void ask();
}

/** Say what is wrong with the decks above the page. @param {Said} said */
export function sayTrouble(said) {
  const place = /** @type {HTMLElement} */ (document.getElementById("trouble"));
  if (place.dataset.said !== said.trouble) {
    place.dataset.said = said.trouble;
    place.innerHTML = said.trouble;
  }
  markTrouble();
}

/** Let what is scrolled to lie below what is wrong. */
export function markTrouble() {
  document.documentElement.toggleAttribute("data-trouble", document.querySelector("#trouble .notice") !== null);
}
