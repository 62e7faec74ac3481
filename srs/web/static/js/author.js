// @ts-check
/**
 * The author's page of a deck: tiles that change are put up anew, marked and scrolled to; search and filter; other
 * numbers for problems.
 *
 * @typedef {import("./follow.js").Said} Said
 * @typedef {object} Changes
 * @property {true} [reload] the page is of an earlier run of the server
 * @property {string} head
 * @property {[key: string, where: string][]} outline every tile, in order
 * @property {Record<string, string>} tiles those that are shown otherwise than before
 * @property {string[]} edited those whose text changed
 * @property {string | null} elsewhere where another section shows one whose text changed, if none of this one's did
 */
import { follow, markTrouble, sayTrouble } from "./follow.js";
import { markScrollers } from "./scrollers.js";
import { listenToTries, tryAgain } from "./trying.js";

/** @param {string} id @returns {HTMLElement} */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

const FRAMES = 3; // so many in which nothing moves any more

const tiles = element("tiles");
const search = /** @type {HTMLInputElement} */ (element("search"));
const show = /** @type {HTMLSelectElement} */ (element("show"));
const { name = "", version = "", section = "" } = tiles.dataset;

/** @param {string} html @returns {HTMLElement} */
function parsed(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** What was unfolded, by its tile and class: a tile that is being checked has no verdicts to unfold. */
const unfolded = new Set();

tiles.addEventListener(
  "toggle",
  ({ target }) => {
    if (target instanceof HTMLDetailsElement && target.isConnected) {
      const name = `${target.closest(".tile")?.id} ${target.className}`;
      target.open ? unfolded.add(name) : unfolded.delete(name);
    }
  },
  true,
);

/**
 * Put a tile in another's place: what was unfolded stays so, and the focus stays in it.
 *
 * @param {Element} tile
 * @param {HTMLElement} made
 */
function replaceTile(tile, made) {
  for (const details of made.querySelectorAll("details")) {
    details.open = unfolded.has(`${made.id} ${details.className}`);
  }
  const focus = document.activeElement;
  const focused = tile.contains(focus);
  tile.replaceWith(made);
  markScrollers(made);
  if (!tryAgain(tile, made, focus) && focused) {
    made.focus({ preventScroll: true });
  }
}

/** Show a problem's tile with other numbers. @param {string} address */
async function draw(address) {
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const made = page.querySelector("article.tile");
  const tile = made && document.getElementById(made.id);
  if (answer.ok && made instanceof HTMLElement && tile) {
    if (tile.classList.contains("changed")) {
      mark(made);
    }
    replaceTile(tile, made);
  }
}

/** @param {Element} tile */
function mark(tile) {
  tile.classList.add("changed");
  tile.querySelector(".now")?.removeAttribute("hidden");
}

function unmark() {
  for (const tile of tiles.querySelectorAll(".changed")) {
    tile.classList.remove("changed");
    tile.querySelector(".now")?.setAttribute("hidden", "");
  }
}

/** @param {Element} tile */
function bringIntoView(tile) {
  const tall = () => tile.getBoundingClientRect().height > window.innerHeight * 0.8;
  let former = NaN;
  let still = 0;
  const go = () => {
    tile.scrollIntoView({ block: tall() ? "start" : "center", behavior: "instant" });
    const { top } = tile.getBoundingClientRect();
    still = top === former ? still + 1 : 0;
    former = top;
    if (still < FRAMES) {
      requestAnimationFrame(go); // what lies between gets its true height only as it comes into sight
    }
  };
  go();
}

/** Put up the tiles that are shown otherwise than before, and bring all into order. @param {Changes} said */
function lay(said) {
  for (const [key, html] of Object.entries(said.tiles)) {
    const made = parsed(html);
    const tile = document.getElementById(key);
    if (tile === null) {
      tiles.append(made);
      markScrollers(made);
      continue;
    }
    if (tile.classList.contains("changed")) {
      mark(made);
    }
    replaceTile(tile, made);
    if (tile.dataset.first) {
      void draw(`/author/${name}/${key}?from=${tile.dataset.first}`);
    }
  }
  let at = tiles.firstElementChild;
  for (const [key, where] of said.outline) {
    const tile = /** @type {HTMLElement} */ (document.getElementById(key));
    if (tile === at) {
      at = at.nextElementSibling;
    } else {
      tiles.insertBefore(tile, at);
    }
    const place = /** @type {HTMLElement} */ (tile.querySelector(".at"));
    if (place.textContent !== where) {
      place.textContent = where;
    }
  }
  while (at) {
    const gone = at;
    at = at.nextElementSibling;
    gone.remove();
  }
}

/** Show what the search and the filter ask for, and whatever was just changed. */
function filter() {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let matches = 0;
  let notes = 0;
  for (const tile of tiles.querySelectorAll(".tile.note")) {
    const { words: own = "", flags = "" } = /** @type {HTMLElement} */ (tile).dataset;
    const found = words.every((word) => own.includes(word)) && ` ${flags} `.includes(show.value ? ` ${show.value} ` : " ");
    tile.toggleAttribute("hidden", !found && !tile.classList.contains("changed"));
    notes += 1;
    matches += found ? 1 : 0;
  }
  const all = words.length === 0 && show.value === "";
  for (const tile of tiles.querySelectorAll(".tile.section-tile")) {
    tile.toggleAttribute("hidden", !all && !tile.classList.contains("changed"));
  }
  element("found").textContent = all ? "" : `${matches} of ${notes} notes`;
}

search.addEventListener("input", filter);
show.addEventListener("change", filter);
element("filters").addEventListener("submit", (event) => event.preventDefault());
element("filters").hidden = false;
markTrouble();
filter(); // a browser that goes back to a page keeps what was typed

listenToTries(tiles);
tiles.addEventListener("click", (event) => {
  const link = event.target instanceof Element && event.target.closest("a.draw");
  if (link instanceof HTMLAnchorElement && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    void draw(link.href);
  }
});

follow(`/author/${name}/changes.json${section && `?section=${section}`}`, version, {
  changed(/** @type {Said & Changes} */ said) {
    if (said.reload) {
      location.reload();
      return;
    }
    if (said.elsewhere) {
      location.assign(said.elsewhere);
      return;
    }
    sayTrouble(said);
    element("head").innerHTML = said.head;
    if (said.edited.length > 0) {
      unmark();
    }
    lay(said);
    const edited = said.edited.map((key) => document.getElementById(key)).filter((tile) => tile !== null);
    edited.forEach(mark);
    filter();
    if (edited.length > 0) {
      for (const lesson of edited[0].querySelectorAll("details.lesson")) {
        lesson.setAttribute("open", "");
      }
      bringIntoView(edited[0]);
      const names = edited.map((tile) => tile.querySelector("h2, h3")?.textContent ?? "");
      element("status").textContent = `Changed: ${names.slice(0, 5).join(", ")}${names.length > 5 ? ` and ${names.length - 5} more` : ""}`;
    }
  },
  away(away) {
    element("status").textContent = away ? "Refresher cannot be reached; this page goes on when it is back." : "";
  },
});
