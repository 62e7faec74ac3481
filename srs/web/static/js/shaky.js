// @ts-check
/**
 * The offer to review first what a failed card stands on. Answers are sent in the background, so that it may come while
 * the next card is on show already.
 *
 * @typedef {{card_id: string, section_title: string, language: string, front_html: string, today: boolean}} Shaky
 */
const place = /** @type {HTMLElement} */ (document.getElementById("shaky"));
const list = /** @type {HTMLElement} */ (document.getElementById("shaky-cards"));
const close = /** @type {HTMLButtonElement} */ (document.getElementById("shaky-close"));

/** @param {Shaky} card @returns {HTMLLIElement} */
function item(card) {
  const id = document.createElement("input");
  Object.assign(id, { type: "hidden", name: "card_id", value: card.card_id });
  const section = document.createElement("span");
  section.className = "soft small";
  section.textContent = card.section_title;
  const front = document.createElement("div");
  front.className = "card";
  front.innerHTML = card.front_html; // the server's own, and safe
  for (const part of [section, front]) {
    part.lang = card.language;
  }
  const found = document.createElement("li");
  found.append(id, section, front);
  return found;
}

document.addEventListener("refresher:answered", (event) => {
  /** @type {{shaky: Shaky[]}} */
  const result = /** @type {CustomEvent} */ (event).detail;
  const cards = result.shaky.filter((card) => !card.today); // the others come today anyway
  if (cards.length > 0) {
    list.replaceChildren(...cards.map(item));
    place.hidden = false;
  }
});
close.hidden = false;
close.addEventListener("click", () => {
  place.hidden = true;
});
