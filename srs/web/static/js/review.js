// @ts-check
/**
 * Reviewing: question, answer, rating, next question. The first card comes with the page; the next ones are held ready
 * (`hand.js`), and answers travel to the server behind the learner's back (`outbox.js`).
 */
import { Refused, Unreachable, act, undo } from "./api.js";
import { Asking } from "./asking.js";
import { Hand } from "./hand.js";
import { listen } from "./keys.js";
import { Leech } from "./leech.js";
import { Menu } from "./menu.js";
import { Outbox } from "./outbox.js";
import { Stopwatch } from "./stopwatch.js";
import { View } from "./view.js";

/** @typedef {import("./api.js").Card} Card */

const LONGEST_LOOK = 60000; // a card left open during lunch was not thought about for an hour
const LONGEST_WORK = 600000; // but a problem may well take some minutes
const RETRY = 5000;
const MOST = 100; // the server names no more cards at a time
const AWAY = "Refresher cannot be reached";

const view = new View();
const watch = new Stopwatch(LONGEST_LOOK);
const asking = new Asking({
  spent: () => watch.elapsed(),
  answered: opened,
  left: () => view.question.focus({ preventScroll: true }),
  empty: () => view.say("Nothing is typed yet. The answer can be shown without."),
});
const menu = new Menu((wanted) => void perform(wanted));
const leech = new Leech(
  (wanted) => void perform(wanted),
  () => current === null && void refill(),
);
const hand = new Hand(() => new Set([...outbox.cards(), ...(current === null ? [] : [current])]));

/** The card on show; null while there is none. @type {string | null} */
let current = view.card.dataset.cardId ?? null;
let busy = false; // an undo or another act is on its way
/** What the server would not take, to be said as long as the page stands. @type {string[]} */
const refused = [];

const outbox = new Outbox({
  waiting(count, reason) {
    const kept = count === 1 ? "One answer is" : `${count} answers are`;
    const where = outbox.safe
      ? "kept in this browser, also over a reload, and sent when it is back"
      : "kept while this page stays open, and sent when it is back";
    view.notice(view.unsent, count === 0 ? "" : `${reason || AWAY}. ${kept} ${where}.`);
    if (count > 0 && current === null) {
      view.wait("All the cards held here are answered; the review goes on when the server is back.", true);
    }
  },
  refused(review, detail) {
    refused.push(`The answer to ${review.card_id} was not taken: ${detail}`);
    view.notice(view.refused, refused.join(" "));
    view.addDone(-1);
  },
  leech(review, action) {
    leech.tell(review.card_id, action);
  },
  sent() {
    view.undoButton.disabled = false;
    void refill();
  },
});

/** @param {Card} card */
function show(card) {
  current = card.card_id;
  menu.close();
  view.paint(card);
  remember();
  asking.show(card);
  watch.restart(card.asks ? LONGEST_WORK : LONGEST_LOOK);
}

/** Keep what the card on show looks like, in case there is something to say about it later. */
function remember() {
  const { question, lesson } = view;
  leech.see(view.card.dataset.cardId ?? "", { front: question.innerHTML, language: question.lang, lesson: lesson.href });
}

/** Show the next held card; if none is held, ask the server. */
function next() {
  current = null;
  const card = hand.deal();
  if (card) {
    show(card);
  } else {
    view.wait("Fetching the next card …");
    if (outbox.reviews.length === 0) {
      void refill();
    }
  }
}

/** @type {number | undefined} */
let retry;

/**
 * Ask the server what comes next, and go on with it if there is nothing on show.
 *
 * @param {boolean} [doubt] the card on show may be answered already: another takes its place if the server does not
 *   name it and its answer was not looked at
 * @param {boolean} [reworded] its text may have changed: it is put up anew, as far as it was seen
 * @returns {Promise<void>}
 */
async function refill(doubt = false, reworded = false) {
  clearTimeout(retry);
  let said;
  try {
    said = await hand.refill(reworded || (doubt && asking.begun) ? MOST : undefined);
  } catch (error) {
    if (current === null) {
      view.wait(`${matter(error)}. The review goes on as soon as it can.`, true);
      retry = window.setTimeout(() => void refill(), RETRY);
    }
    return;
  }
  if (said === null) {
    return reworded ? refill(doubt, reworded) : undefined;
  }
  view.count(said.counts);
  view.undoButton.disabled = !said.undoable;
  const same = said.cards.find((card) => card.card_id === current);
  if (reworded && same) {
    view.reword(same);
    asking.reword(same);
  }
  if (doubt && !view.reveal.open && !same) {
    current = null;
  }
  if (current !== null) {
    return;
  }
  const card = hand.deal();
  if (card) {
    show(card);
  } else if (outbox.reviews.length === 0 && refused.length > 0) {
    view.wait("There is nothing more to answer. Not every answer was taken, as said above.");
  } else if (outbox.reviews.length === 0 && leech.open) {
    view.wait("That was the last card for now. There is something to read above."); // then it goes on
  } else if (outbox.reviews.length === 0) {
    location.assign("/done");
  }
}

/** Show the answer side, and go to the rating that is suggested, or else to the answer. */
function opened() {
  view.open();
  if (!asking.opened()) {
    view.goToAnswer();
  }
}

function reveal() {
  if (current !== null && !view.reveal.open) {
    opened();
  }
}

/** Enter and Space once the answer is shown. */
function accept() {
  rate(asking.suggested ?? 3);
}

/** @param {number} rating */
function rate(rating) {
  if (current === null || !view.reveal.open) {
    return;
  }
  const review = {
    id: crypto.randomUUID(),
    card_id: current,
    rating,
    reviewed_at: new Date().toISOString(),
    duration_ms: watch.read(),
    ...asking.given(),
  };
  view.say("");
  view.addDone(1);
  outbox.add(review); // kept before anything else happens
  next();
}

/** @param {unknown} error @returns {string} why the server did not do it */
function matter(error) {
  return (error instanceof Unreachable && error.reason) || AWAY;
}

/** Do one thing that needs the server, after all answers are there. @param {() => Promise<void>} act */
async function withServer(act) {
  if (busy) {
    return;
  }
  busy = true;
  try {
    await outbox.send();
    if (outbox.reviews.length > 0) {
      view.say(`${AWAY}, so that has to wait.`);
      return;
    }
    await act();
  } catch (error) {
    const why = error instanceof Refused ? error.message : `${matter(error)}, so that has to wait.`;
    if (!menu.refuse(why)) {
      view.say(why);
    }
  } finally {
    busy = false;
  }
}

function takeBack() {
  return withServer(async () => {
    const result = await undo();
    view.say(result.label);
    view.addDone(result.undone === "review" ? -1 : 0);
    if (result.card && (result.card.card_id !== current || result.undone === "review")) {
      hand.drop(result.card.card_id);
      show(result.card);
    }
    void refill(result.undone !== null && result.card === null);
  });
}

/** @param {import("./menu.js").Wanted} wanted */
function perform({ kind, cardId, fields, said }) {
  const card = cardId || current;
  if (card === null) {
    return Promise.resolve();
  }
  return withServer(async () => {
    const done = await act(kind, card, fields);
    menu.close();
    view.say(done.changed.length > 0 ? said : "The card stands so already.");
    if (cardId) {
      leech.close();
    }
    if (kind === "flag") {
      view.undoButton.disabled = false;
      if (current !== null) {
        view.question.focus({ preventScroll: true });
      }
      return;
    }
    hand.drop(card);
    if (current === card) {
      next();
    }
    void refill();
  });
}

/** For keys that also stand for answers: they do nothing else on a card with answers to choose. @param {string} key @param {() => void} otherwise */
function chooseOr(key, otherwise) {
  if (asking.kind === "choices") {
    return asking.choose(key);
  }
  otherwise();
  return true;
}

listen(
  {
    " ": () => (view.reveal.open ? accept() : reveal()),
    Enter: () => (view.reveal.open ? accept() : asking.begin() || reveal()),
    ArrowDown: () => asking.move(1),
    ArrowUp: () => asking.move(-1),
    1: () => rate(1),
    2: () => rate(2),
    3: () => rate(3),
    4: () => rate(4),
    u: () => void takeBack(),
    s: () => menu.now("suspend"),
    m: () => menu.toggle(),
    l: () => location.assign(view.lesson.href),
    ...Object.fromEntries([..."abcdef"].map((key) => [key, () => asking.choose(key)])),
    b: () => chooseOr("b", () => menu.now("bury")),
    e: () => chooseOr("e", () => menu.flag()),
  },
  view.showKeys,
);

view.ratings.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = event instanceof SubmitEvent ? event.submitter : null;
  rate(Number(button?.getAttribute("value")));
});
view.undo.addEventListener("submit", (event) => {
  event.preventDefault();
  void takeBack();
});
view.reveal.addEventListener("toggle", () => view.reveal.open && opened());
view.ratings.addEventListener("keydown", (event) => event.repeat && event.preventDefault()); // Enter is held down
view.tryAgain.addEventListener("click", () => void outbox.send().then(() => refill()));

// The second half of a double click is not meant for what the first half brought up: least of all for the next answer.
view.card.addEventListener(
  "click",
  (event) => {
    if (event.detail > 1) {
      event.preventDefault();
      event.stopPropagation();
    }
  },
  true,
);

// A tap anywhere on the question shows the answer, unless something was meant by it or an answer is asked for.
view.card.addEventListener("click", (event) => {
  const meant = event.target instanceof Element && event.target.closest("a, button, summary, form, input, code");
  if (!meant && asking.kind === null && String(getSelection()) === "") {
    reveal();
  }
});

// A page that was out of sight or behind another window may be behind: reviews elsewhere, or a new day.
function lookAgain() {
  if (!document.hidden) {
    void outbox.send().then(() => refill(true));
  }
}
document.addEventListener("visibilitychange", lookAgain);
window.addEventListener("focus", lookAgain);
document.addEventListener("refresher:decks", (event) => {
  event.preventDefault(); // this page sees to itself
  void outbox.send().then(() => refill(true, true));
});
window.addEventListener("pageshow", (event) => event.persisted && lookAgain());

// The address may name the card that was shown first; a reload is to go on with what comes next.
history.replaceState(null, "", location.pathname);

remember();
asking.take();
watch.restart(asking.kind === null ? LONGEST_LOOK : LONGEST_WORK);

// Answers that an earlier page could not send go first; a card among them is not asked again.
if (current !== null && outbox.cards().has(current)) {
  view.wait("Sending the answers given before …");
  current = null;
}
if (outbox.reviews.length > 0) {
  void outbox.send();
} else {
  void refill();
}
