// A problem with fresh numbers in Anki: each showing of the question draws one of the note's ready instances, and the
// answer shows the same one. Stands at the end of both sides, so that each finds all of its page, `#answer` included.
// Anki's window and phone apps differ in whether both sides are one page, so what was drawn and typed is kept in
// sessionStorage. If anything is missing or broken, the page stays as it is: the first instance, on both sides.
(function () {
  "use strict";

  var STORE = "refresher:";
  var MOST_TYPED = 500;

  function start() {
    var holder = document.getElementById("refresher-instances");
    var front = document.querySelector(".refresher .front");
    if (!holder || !front) { return; }
    var problem = JSON.parse(holder.textContent);
    var answered = document.getElementById("answer") !== null;
    var back = document.querySelector(".refresher .back");
    var draw = answered ? kept(problem) : drawn(problem);
    var row = problem.rows[draw.at];
    // All is put together before anything on the page is touched.
    var shown = [filled(problem.front, row), filled(problem.back, row)];
    var asks = problem.choices ? choices(problem, row, draw, answered) : answered ? null : field(problem, draw);
    var said = answered ? verdict(problem, row, draw) : null;
    front.innerHTML = shown[0];
    if (asks) { front.appendChild(asks); }
    if (answered && back) {
      back.innerHTML = shown[1];
      if (said) { back.parentNode.insertBefore(said, back); }
    }
    window.setTimeout(function () { typeset([front, back, said]); }, 700);
    if (!answered && asks.focusAtOnce) { asks.focusAtOnce(); }
  }

  // ---- What was drawn

  // Where draws are kept, or null. A variable of the page serves only where both sides are one page: in Anki's window,
  // which can be asked by `pycmd`, and wherever the variable has outlived a card already.
  function store() {
    try {
      var session = window.sessionStorage;
      session.setItem(STORE, "1");
      if (session.getItem(STORE) === "1") {
        return {
          get: function (id) { return JSON.parse(session.getItem(STORE + id)); },
          set: function (id, draw) { session.setItem(STORE + id, JSON.stringify(draw)); }
        };
      }
    } catch (error) { /* not here */ }
    var onePage = typeof window.pycmd === "function" || window.refresherDraws;
    window.refresherDraws = window.refresherDraws || {};
    return !onePage ? null : {
      get: function (id) { return window.refresherDraws[id] || null; },
      set: function (id, draw) { window.refresherDraws[id] = draw; }
    };
  }

  function first(problem) {
    return { at: 0, order: offered(problem, 0), typed: "", chosen: -1 };
  }

  // The places of an instance's choices, the right one first.
  function offered(problem, at) {
    return (problem.choices || []).map(function (_, place) { return place; }).filter(function (place) {
      return filled(problem.choices[place], problem.rows[at]) !== "";
    });
  }

  // For a question: any instance but the last one of this note.
  function drawn(problem) {
    var draws = store();
    var draw = first(problem);
    if (!draws) {
      window.refresherDraws[problem.id] = draw; // so that the page can tell that it lives on
      return draw;
    }
    var last = draws.get(problem.id);
    var count = problem.rows.length;
    draw.at = Math.floor(Math.random() * count);
    if (last && last.at < count && count > 1) {
      draw.at = (last.at + 1 + Math.floor(Math.random() * (count - 1))) % count;
    }
    draw.order = offered(problem, draw.at);
    for (var place = draw.order.length - 1; place > 0; place--) {
      var other = Math.floor(Math.random() * (place + 1));
      var choice = draw.order[place];
      draw.order[place] = draw.order[other];
      draw.order[other] = choice;
    }
    draws.set(problem.id, draw);
    return draw;
  }

  // For an answer: what its question drew.
  function kept(problem) {
    var draws = store();
    var draw = draws && draws.get(problem.id);
    var fits = draw && problem.rows[draw.at] && draw.order.length === offered(problem, draw.at).length;
    return fits ? draw : first(problem);
  }

  function remember(problem, draw) {
    try {
      var draws = store();
      if (draws) { draws.set(problem.id, draw); }
    } catch (error) { /* the answer then shows no verdict */ }
  }

  // ---- The question

  // Texts between which columns of the row stand; where the wording differs, a column says which it is.
  function filled(parts, row) {
    return parts.map(function (part) {
      if (typeof part === "string") { return part; }
      return typeof part === "number" ? row[part] : filled(part[1][row[part[0]]], row);
    }).join("");
  }

  function element(name, classes, html) {
    var made = document.createElement(name);
    made.className = classes;
    if (html) { made.innerHTML = html; }
    return made;
  }

  function field(problem, draw) {
    var box = element("div", "asks");
    var input = element("input", "typed tappable");
    var settings = {
      type: "text", maxlength: MOST_TYPED, placeholder: "Your answer", "aria-label": "Your answer", autocomplete: "off",
      autocapitalize: "none", autocorrect: "off", spellcheck: "false", enterkeyhint: "done"
    };
    Object.keys(settings).forEach(function (name) { input.setAttribute(name, settings[name]); });
    input.addEventListener("input", function () {
      draw.typed = input.value;
      remember(problem, draw);
    });
    input.addEventListener("keydown", function (event) {
      var empty = event.key === " " && !input.value;
      if (event.key === "Enter" || empty) {
        if (flip() || empty) { event.preventDefault(); } else { input.blur(); }
      }
      event.stopPropagation(); // what is typed is no command to the page around
    });
    box.appendChild(input);
    // On a phone the keyboard would cover the question, and Anki's preview has keys of its own.
    if (typeof window.pycmd === "function" && document.title === "main webview") {
      box.focusAtOnce = function () { input.focus(); };
    }
    return box;
  }

  // Turn the card over, where a page may. Returns whether it could ask for it.
  function flip() {
    if (typeof window.pycmd === "function") { window.pycmd("ans"); return true; }
    if (typeof window.showAnswer === "function") { window.showAnswer(); return true; }
    return false;
  }

  function choices(problem, row, draw, answered) {
    var box = element("div", "asks");
    draw.order.forEach(function (which, place) {
      var button = element("button", "choice tappable", filled(problem.choices[which], row));
      var letter = element("b", "letter");
      letter.textContent = "abcdefghijklmnop".charAt(place);
      button.insertBefore(document.createTextNode(" "), button.firstChild);
      button.insertBefore(letter, button.firstChild);
      button.type = "button";
      button.disabled = answered;
      if (answered && which === 0) { mark(button, "right", " ✓"); }
      if (answered && which > 0 && which === draw.chosen) { mark(button, "wrong", " ✗"); }
      button.onclick = function () {
        draw.chosen = which;
        remember(problem, draw);
        [].forEach.call(box.children, function (each) { each.setAttribute("aria-pressed", String(each === button)); });
        flip();
      };
      box.appendChild(button);
    });
    return box;
  }

  function mark(button, kind, sign) {
    button.className += " " + kind;
    var seen = element("span", "mark");
    seen.textContent = sign;
    button.appendChild(seen);
  }

  // ---- The verdict

  function verdict(problem, row, draw) {
    var typed = String(draw.typed).slice(0, MOST_TYPED);
    var judged;
    if (problem.choices) {
      if (draw.chosen < 0) { return null; }
      judged = draw.chosen === 0 ? ["right", "Right."] :
        ["wrong", filled(problem.wrong[draw.chosen - 1][1], row) || "Not this one."];
    } else {
      if (!typed.trim()) { return null; }
      var wrong = (problem.wrong || []).map(function (pair) { return [filled(pair[0], row), filled(pair[1], row)]; });
      var right = problem.right.map(function (parts) { return filled(parts, row); });
      judged = window.refresherTyped.judge(problem, right, filled(problem.exact || [], row) || right[0], wrong, typed);
    }
    var box = element("div", "verdict " + judged[0]);
    if (!problem.choices) {
      var quoted = element("div", "was-typed");
      quoted.appendChild(document.createTextNode("You typed "));
      quoted.appendChild(element("code", "")).textContent = typed;
      box.appendChild(quoted);
    }
    box.appendChild(element("div", "says", judged[1]));
    return box;
  }

  // ---- Formulas

  // Anki's clients typeset a page after its scripts have run. Should one have been quicker, its formulas are still raw.
  function typeset(parts) {
    var raw = parts.filter(function (part) {
      return part && document.body.contains(part) && /\\[(\[]/.test(part.textContent);
    });
    var MathJax = window.MathJax;
    if (!raw.length || !MathJax) { return; }
    if (MathJax.typesetPromise) {
      (MathJax.startup && MathJax.startup.promise || Promise.resolve()).then(function () {
        return MathJax.typesetPromise(raw);
      });
    } else if (MathJax.Hub) {
      MathJax.Hub.Queue(["Typeset", MathJax.Hub, raw]);
    }
  }

  try {
    start();
  } catch (error) {
    if (window.console) { console.warn("Refresher shows the first instance: " + error); }
  }
})();
