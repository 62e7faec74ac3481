// @ts-check
// Tells the server the learner's time zone, so that days turn over where the learner is, unless the learner fixed it.
import { putTimeZone } from "./api.js";

const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
const { zone, zoneSource } = document.documentElement.dataset;
const KEY = "refresher.zone-refused";

/** @returns {string | null} the zone that the server would not take, so that it is not asked on every page */
function refused() {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

if (here && zoneSource !== "fixed" && (here !== zone || zoneSource !== "learner") && refused() !== here) {
  putTimeZone(here).catch(() => {
    try {
      sessionStorage.setItem(KEY, here);
    } catch {
      // Then it is asked again on the next page, which does no harm.
    }
  });
}
