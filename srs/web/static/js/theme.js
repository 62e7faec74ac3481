// @ts-check
// Light, dark or as the system has it. Not a module: it runs before the page is painted, so that nothing flashes.
(() => {
  const KEY = "refresher.theme";
  const root = document.documentElement;
  /** @type {Record<string, string>} */
  const SAID = { auto: "as the system", light: "light", dark: "dark" };
  /** @type {Record<string, string>} */
  const FOLLOWS = { auto: "light", light: "dark", dark: "auto" };

  /** @returns {string} auto, light or dark */
  function chosen() {
    return root.dataset.theme ?? "auto";
  }

  /** @param {string | null} theme */
  function use(theme) {
    root.dataset.theme = theme !== null && theme in FOLLOWS ? theme : "auto";
  }

  function name() {
    for (const button of document.querySelectorAll(".theme")) {
      const label = `Colours: ${SAID[chosen()]}. Change to ${SAID[FOLLOWS[chosen()]]}.`;
      button.setAttribute("aria-label", label);
      button.setAttribute("title", label);
      button.removeAttribute("hidden");
    }
  }

  try {
    use(localStorage.getItem(KEY));
  } catch {
    // A browser that keeps nothing for pages still follows the system.
  }

  document.addEventListener("DOMContentLoaded", () => {
    name();
    document.addEventListener("click", (event) => {
      if (event.target instanceof Element && event.target.closest(".theme")) {
        const next = FOLLOWS[chosen()];
        use(next);
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // Then the choice holds for this page alone.
        }
        name();
      }
    });
  });
})();
