// What was typed for a problem in Anki, compared with its answer: by its letters, once signs that mean the same are
// written the same, and by its value: a number, a list of numbers, or an expression tried with some values of its
// symbols. Nothing is executed.
window.refresherTyped = (function () {
  "use strict";

  // What can be said of an answer here: less than on Refresher's server, which knows algebra. `right` are the
  // texts that are right, the one shown first; `exact` is that one before it was rounded, `wrong` are known mistakes
  // with their hints. Returns the verdict (right, wrong or unsure), and what to tell.
  function judge(problem, right, exact, wrong, typed) {
    typed = withoutUnit(typed, problem.unit || "");
    var letters = plain(typed, problem);
    var value = valued(typed, problem);
    function sameValue(text) { return value && equal(value, valued(text, problem), problem.off); }
    // 4/8 has the value of 1/2 and not its form; a decimal that has the value of 0.333 has it.
    var byValue = !problem.asked || (!problem.shape && /^-?[\d.]+$/.test(letters));
    var fits = right.some(function (text) {
      return plain(text, problem) === letters || (byValue && sameValue(text));
    });
    if (fits) { return ["right", "Right."]; }
    if (right.some(sameValue) || sameValue(exact)) {
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
    return value && valued(right[0], problem)
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
      .replace(/[\u2212\u2013\u2010\u2011]/g, "-").replace(/[×·⋅∙∗]/g, "*").replace(/[÷∕⁄]/g, "/")
      .replace(/\*\*/g, "^")
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
    if (problem.takes === "set") { return text.replace(/[\u2212\u2013]/g, "-").replace(/\s+/g, ""); } // brackets matter
    return commas(tidy(text)).replace(/\s+/g, "").replace(/==/g, "=").replace(/^\(([^(),]*)\)$/, "$1")
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

  return { judge: judge };
})();
