// @ts-check
/**
 * A formula, table or code that is wider than its place scrolls by itself. Whoever has no mouse must be able to reach
 * it: those that do scroll become stops of the Tab key, the others do not.
 */
const BOXES = ".display, .table, pre.hl";

/** @param {ParentNode} [within] */
export function markScrollers(within = document) {
  for (const box of within.querySelectorAll(BOXES)) {
    if (box.scrollWidth > box.clientWidth) {
      box.setAttribute("tabindex", "0");
    } else {
      box.removeAttribute("tabindex");
    }
  }
}

window.addEventListener("resize", () => markScrollers());
document.fonts.ready.then(() => markScrollers());
markScrollers();
