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
      return typeof part === "number" ? row[part] : typeof part === "string" ? part : filled(part[1][row[part[0]]], row);
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
      judged = judge(problem, row, typed);
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

  // What can be said of an answer here: less than on Refresher's server, which knows algebra.
  function judge(problem, row, typed) {
    var texts = problem.right.map(function (parts) { return filled(parts, row); });
    var exact = filled(problem.exact || problem.right[0], row);
    var wrong = (problem.wrong || []).map(function (pair) { return [filled(pair[0], row), filled(pair[1], row)]; });
    typed = withoutUnit(typed, problem.unit || "");
    var letters = plain(typed, problem);
    var value = valued(typed, problem);
    function sameValue(text) { return value && equal(value, valued(text, problem), problem.off); }
    // 4/8 has the value of 1/2 and not its form; a decimal that has the value of 0.333 has it.
    var byValue = !problem.asked || (!problem.shape && /^-?[\d.]+$/.test(letters));
    var right = texts.some(function (text) {
      return plain(text, problem) === letters || (byValue && sameValue(text));
    });
    if (right) { return ["right", "Right."]; }
    if (texts.some(sameValue) || sameValue(exact)) {
      return problem.asked
        ? ["unsure", "The right value. Asked was " + problem.asked + ": compare the form yourself."]
        : ["right", "Right."];
    }
    for (var place = 0; place < wrong.length; place++) {
      var mistake = wrong[place][0];
      if (plain(mistake, problem) === letters || (value && equal(value, valued(mistake, problem)))) {
        return ["wrong", wrong[place][1] || "Not right."];
      }
    }
    return value && valued(texts[0], problem)
      ? ["wrong", "This has another value than the answer below."]
      : ["unsure", "Not the same text as the answer below, and more cannot be told here: compare them yourself."];
  }

  function withoutUnit(typed, unit) {
    var end = typed.trim().slice(-unit.length);
    return unit && end === unit ? typed.trim().slice(0, -unit.length) : typed;
  }

  // Signs that mean the same, written the same.
  function tidy(text) {
    var raised = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    return String(text)
      .replace(/[\u2212\u2013\u2010\u2011]/g, "-").replace(/[×·⋅∙∗]/g, "*").replace(/[÷∕⁄]/g, "/").replace(/\*\*/g, "^")
      .replace(/([⁻]?)([⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, function (_, minus, digits) {
        return "^(" + (minus && "-") + digits.replace(/./g, function (each) { return raised.indexOf(each); }) + ")";
      })
      .replace(/(\d+)\s*([½¼¾])/g, "($1+$2)").replace(/½/g, "(1/2)").replace(/¼/g, "(1/4)").replace(/¾/g, "(3/4)")
      .replace(/√/g, " sqrt ").replace(/π/g, " pi ").replace(/\\(left|right)|[$\\]/g, " ")
      .replace(/\{/g, "(").replace(/\}/g, ")");
  }

  // A text as it is compared letter by letter.
  function plain(text, problem) {
    if (problem.takes === "text") { return String(text).trim().toLowerCase().replace(/\s+/g, " "); }
    return commas(tidy(text)).replace(/\s+/g, "").replace(/==/g, "=").replace(/^\(([^()]*)\)$/, "$1")
      .replace(/\^\((-?\w+)\)/g, "^$1").replace(/\*(?!\d)/g, "").replace(/([^\d])\*/g, "$1");
  }

  // A decimal comma, where it cannot be a comma between items, as a point.
  function commas(text) {
    if (text.indexOf(";") >= 0) { return text.replace(/,/g, ".").replace(/;/g, ","); }
    return /[\[(]/.test(text) ? text : text.replace(/^([^,]*\d),(\d[^,]*)$/, "$1.$2");
  }

  // The values of a text with each of the problem's trial values for its symbols; null if it cannot be read.
  function valued(text, problem) {
    if (problem.takes === "text" || problem.takes === "set" || problem.takes === "equation") { return null; }
    var names = Object.keys(problem.symbols || {});
    var trials = names.length ? problem.symbols[names[0]].length : 1;
    var values = [];
    try {
      for (var trial = 0; trial < trials; trial++) {
        var known = { e: Math.E, pi: Math.PI };
        names.forEach(function (name) { known[name] = problem.symbols[name][trial]; });
        values.push(read(commas(tidy(text)), known));
      }
    } catch (error) { return null; }
    return values;
  }

  // Whether two values are the same but for rounding, or by no more than `off`: an amount and a part of the other.
  function equal(one, other, off) {
    if (Array.isArray(one) || Array.isArray(other)) {
      return Array.isArray(one) && Array.isArray(other) && one.length === other.length &&
        one.every(function (item, place) { return equal(item, other[place], off); });
    }
    if (one === null || other === null || !isFinite(one) || !isFinite(other)) { return false; }
    var large = Math.max(Math.abs(one), Math.abs(other));
    var allowed = off ? Math.max(off[0], off[1] * Math.abs(other)) : 0;
    return Math.abs(one - other) <= Math.max(1e-9 * large, allowed * (1 + 1e-9));
  }

  var FUNCTIONS = {
    sqrt: Math.sqrt, exp: Math.exp, ln: Math.log, log: Math.log, sin: Math.sin, cos: Math.cos, tan: Math.tan,
    abs: Math.abs,
    lg: function (x) { return Math.log(x) / Math.LN10; },
    max: function () { return Math.max.apply(null, arguments); },
    min: function () { return Math.min.apply(null, arguments); }
  };

  // The value of a text: a number, or lists of numbers. Numbers, known names, + - * / ^, brackets and functions; a
  // product needs no sign. Anything else is an error.
  function read(text, known) {
    var tokens = text.match(/\d+\.?\d*(?:[eE]-?\d+(?![\w.]))?|\.\d+|[A-Za-z]+|\S/g) || [];
    var at = 0;
    var deep = 0;

    function fail() { throw new Error("unreadable"); }
    function take(sign) { return tokens[at] === sign ? (at += 1, true) : false; }
    function number(value) { return typeof value === "number" ? value : fail(); }
    function begins() { return at < tokens.length && /^[\w.(]/.test(tokens[at]); }

    function sum() {
      if (++deep > 50) { fail(); }
      var total = product();
      while (tokens[at] === "+" || tokens[at] === "-") {
        var sign = tokens[at++] === "+" ? 1 : -1;
        total = number(total) + sign * number(product());
      }
      deep--;
      return total;
    }

    function product() {
      var total = signed();
      for (;;) {
        if (take("*")) {
          total = number(total) * number(signed());
        } else if (take("/")) {
          total = number(total) / number(signed());
        } else if (begins()) {
          if (/^[\d.]/.test(tokens[at])) { fail(); } // 3 1/2, x2
          total = number(total) * number(power());
        } else {
          return total;
        }
      }
    }

    function signed() {
      if (++deep > 50) { fail(); }
      var value = take("-") ? -number(signed()) : take("+") ? number(signed()) : power();
      deep--;
      return value;
    }

    function power() {
      var base = atom();
      return take("^") ? Math.pow(number(base), number(signed())) : base;
    }

    function items(end) {
      var list = [sum()];
      while (take(",")) { list.push(sum()); }
      if (!take(end)) { fail(); }
      return list;
    }

    function atom() {
      var token = tokens[at++];
      if (token === undefined) { fail(); }
      if (/^[\d.]+/.test(token)) { return Number(token); }
      if (token === "[") { return items("]"); }
      if (token === "(") {
        var inside = items(")");
        return inside.length === 1 ? inside[0] : inside;
      }
      if (token === "|") {
        var size = Math.abs(number(sum()));
        return take("|") ? size : fail();
      }
      return /^[A-Za-z]/.test(token) ? word(token) : fail();
    }

    // The longest name or function that the letters begin with; the rest of them is a factor of its own.
    function word(letters) {
      for (var length = letters.length; length > 0; length--) {
        var name = letters.slice(0, length);
        var isFunction = FUNCTIONS.hasOwnProperty(name) && !known.hasOwnProperty(name);
        if (isFunction || known.hasOwnProperty(name)) {
          if (length < letters.length) { tokens.splice(at, 0, letters.slice(length)); }
          return isFunction ? called(name) : known[name];
        }
      }
      return fail();
    }

    function called(name) {
      if (take("(")) { return FUNCTIONS[name].apply(null, items(")").map(number)); }
      return FUNCTIONS[name](number(name === "sqrt" ? atom() : product()));
    }

    var value = sum();
    return at < tokens.length ? fail() : value;
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
