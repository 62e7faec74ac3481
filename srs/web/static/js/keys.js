// @ts-check
/** The review page's single keys, the list of them, and the switch that turns them off for those whom they disturb. */
const KEY = "refresher.keys-off";

/** @returns {boolean} */
function turnedOff() {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
}

/** @param {boolean} off */
function remember(off) {
  try {
    off ? localStorage.setItem(KEY, "1") : localStorage.removeItem(KEY);
  } catch {
    // Then it holds for this page alone.
  }
}

/**
 * Whether a key is meant for what has the focus: typing in a field, or Space and Enter on a link or button.
 *
 * @param {KeyboardEvent} event
 */
function belongsElsewhere(event) {
  const target = event.target;
  if (!(target instanceof Element)) {
    return false;
  }
  if (target.closest("input:not([type=checkbox], [readonly]), textarea, select, [contenteditable], dialog")) {
    return true;
  }
  return (event.key === " " || event.key === "Enter") && target.closest("a, button, summary") !== null;
}

/**
 * @param {Record<string, () => void | boolean>} actions by `KeyboardEvent.key`; one that returns false did nothing, and
 *   the key does what it does by itself
 * @param {HTMLElement} opener the button that shows the list
 */
export function listen(actions, opener) {
  const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("keys"));
  const box = /** @type {HTMLInputElement} */ (document.getElementById("keys-on"));
  let off = turnedOff();
  const apply = () => {
    box.checked = !off;
    document.documentElement.toggleAttribute("data-keys-off", off);
  };
  box.addEventListener("change", () => {
    off = !box.checked;
    remember(off);
    apply();
  });
  opener.addEventListener("click", () => dialog.showModal());
  apply();

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (off || !plain || event.repeat || event.defaultPrevented || dialog.open || belongsElsewhere(event)) {
      return;
    }
    const action = event.key === "?" ? () => dialog.showModal() : actions[event.key];
    if (action && action() !== false) {
      event.preventDefault();
    }
  });
}
