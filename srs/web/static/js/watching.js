// @ts-check
/** Lets a page keep up with the decks on disk, with `serve --watch` alone. */
import { follow, sayTrouble } from "./follow.js";
import { markScrollers } from "./scrollers.js";

const { version = "", library: first } = /** @type {HTMLElement} */ (document.getElementById("trouble")).dataset;
let library = first;

/** Put the page's content up as the server has it now. */
async function renew() {
  const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [document.querySelector("main"), page.querySelector("main")];
  if (answer.ok && here && there) {
    here.replaceChildren(...there.childNodes);
    document.title = page.title;
    markScrollers(here);
  }
}

follow("/author/state.json", version, {
  async changed(said) {
    sayTrouble(said);
    if (said.library !== library) {
      library = said.library;
      // The review page sees to itself: a card that is being answered is not to be taken away.
      if (document.dispatchEvent(new Event("refresher:decks", { cancelable: true }))) {
        await renew();
      }
    }
  },
});
