/* The player: a walk through a run, one stop at a time. It reads the data in
   #walk, writes text nodes only, and asks nothing of any server. */
"use strict";
(() => {
  const walk = JSON.parse(document.getElementById("walk").textContent);
  const $ = (id) => document.getElementById("player-" + id);
  const last = walk.stops.length - 1;
  const store = "kstep/" + walk.id;

  let at = 0;          // the stop that is shown
  let asking = null;   // index of the question that holds the walk up
  let target = 0;      // where the walk was going when the question came
  let timer = 0;       // of playing
  let given = recall(); // question id -> {choice, hints}; choice -1: skipped

  // make builds an element from a tag, properties and children; strings become text.
  function make(tag, props, ...children) {
    const svg = ["svg", "line", "path", "text", "g", "title"].includes(tag);
    const e = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
    for (const [k, v] of Object.entries(props || {})) {
      if (k.startsWith("on")) e.addEventListener(k.slice(2), v);
      else if (v !== false && v !== undefined && v !== "") e.setAttribute(k, v === true ? "" : v);
    }
    e.append(...children.filter((c) => c !== null && c !== undefined));
    return e;
  }
  function asked(q) { return [q.prompt, ...q.options.map((o) => o.text)].join("\n"); }
  const fill = (e, ...children) => e.replaceChildren(...children.filter(Boolean));

  // recall has the answers that were kept, but those to a question that another
  // run of the lesson asked otherwise.
  function recall() {
    let kept = {};
    try { kept = JSON.parse(localStorage.getItem(store)) || {}; } catch { /* a page without storage begins anew */ }
    const out = {};
    for (const q of walk.questions) if (kept[q.id] && kept[q.id].of === asked(q)) out[q.id] = kept[q.id];
    return out;
  }
  function keep() {
    try { localStorage.setItem(store, JSON.stringify(given)); } catch { /* a page without storage forgets */ }
  }

  // ---- moving

  const unanswered = (i) => (walk.stops[i].ask || []).find((q) => !given[walk.questions[q].id]);

  // go moves to a stop; on the way forward the first question that nobody has
  // answered holds it up.
  function go(to) {
    to = Math.max(0, Math.min(last, to));
    for (let i = at + 1; i <= to; i++) {
      const q = unanswered(i);
      if (q !== undefined) {
        at = i - 1; asking = q; target = to;
        return show();
      }
    }
    at = to; asking = null;
    show();
  }
  function answer(choice) {
    const q = walk.questions[asking];
    given[q.id] = { choice, hints: hintsShown(q), of: asked(q) };
    keep();
    const to = choice < 0 ? target : Math.min(target, q.ask);
    asking = null;
    go(Math.max(to, at + 1));
    $("told").focus();
  }
  const hintsShown = (q) => (given[q.id] || {}).hints || pendingHints.get(q.id) || 0;
  const pendingHints = new Map();

  function moment(step) {
    for (let i = at + step; i > 0 && i <= last; i += step) {
      if ((walk.stops[i].moments || []).length) return go(i);
    }
  }
  function play(on) {
    clearInterval(timer);
    timer = on && at < last && asking === null ? setInterval(() => { go(at + 1); if (at >= last || asking !== null) play(false); }, Number($("speed").value)) : 0;
    $("play").textContent = timer ? "Pause" : "Play";
  }

  // ---- showing

  function show() {
    const s = walk.stops[at];
    $("slider").value = at;
    $("slider").setAttribute("aria-valuetext", at === 0 ? "start" : at === last ? "end" : "step " + s.id);
    $("where").textContent = "stop " + at + " of " + last + (s.address ? ", row " + s.address : "");
    for (const [id, off] of [["first", at === 0], ["back", at === 0], ["forward", at === last], ["last", at === last]]) $(id).disabled = off;
    code(s); table(); tracker(s); timeline(); moments(); question();
    fill($("told"), s.told, make("span", { class: "sr" }, observed()));
    address();
  }

  // address keeps the link to this stop in the browser's address, not more often
  // than browsers allow: some refuse a page that does it a hundred times at once.
  let later = 0, written = -300;
  function address() {
    if (later) return;
    const wait = written + 300 - performance.now();
    if (wait > 0) later = setTimeout(() => { later = 0; address(); }, wait);
    else if (document.body.classList.contains("stepping")) note(at === 0 ? "" : "#step=" + walk.stops[at].id);
  }
  function note(hash) {
    const whole = !document.body.classList.contains("stepping");
    if (location.hash === hash && Boolean((history.state || {}).whole) === whole) return;
    written = performance.now();
    try { history.replaceState({ whole }, "", hash || location.pathname + location.search); } catch { /* the address stays as it is */ }
  }

  function code(s) {
    fill($("code"), ...(walk.code || []).map((l, i, all) => {
      const now = l.n === s.line;
      return make("li", { class: (now ? "now" : "") + (i && all[i - 1].n !== l.n - 1 ? " gap" : ""), "aria-current": now && "step" },
        make("span", { class: "number" }, String(l.n)), make("span", { class: "sign", "aria-hidden": "true" }, now ? "▶" : " "), make("code", {}, l.t));
    }));
    inView($("code").querySelector(".now"));
  }

  // rows are those of the Process Table that are known by now.
  function rows() {
    const out = new Map();
    walk.stops.slice(0, at + 1).forEach((s, i) => { if (s.cells) out.set(s.address, { s, own: i === at }); });
    return [...out.values()];
  }
  const drawn = []; // the rows that stand in the table: {s, own, tr}
  function table() {
    const now = rows();
    now.forEach((r, i) => { // a long table is not drawn anew for one more row
      const old = drawn[i];
      if (old && old.s === r.s && old.own === r.own) return;
      drawn[i] = { ...r, tr: row(r) };
      if (old) old.tr.replaceWith(drawn[i].tr); else $("rows").append(drawn[i].tr);
    });
    drawn.splice(now.length).forEach((r) => r.tr.remove());
    inView($("rows").querySelector(".now") || $("rows").lastElementChild);
  }
  function row({ s, own }) {
    return make("tr", { role: "row", class: "depth" + (s.depth || 0) + (own ? " now" : ""), "aria-current": own && "step" },
      ...s.cells.map((c, i) => make(i ? "td" : "th", i ? { role: "cell", "data-label": walk.columns[i], class: c.changed ? "changed" : "" } : { role: "rowheader", scope: "row" },
        ...c.t.replaceAll("->", "-\u2060>").split("\n").flatMap((t, n) => (n ? [make("br"), t] : [t])),
        c.changed ? make("abbr", { class: "sign", title: "differs from the row before" }, " *") : null,
        i === 0 && c.known ? make("abbr", { class: "known", title: c.known }, " " + c.known[0]) : null)));
  }
  function tracker(s) {
    fill($("tracker"), ...(s.tracker || []).map((v) => make("div", { class: v.was !== undefined ? "changed" : "" },
      make("dt", {}, v.name), make("dd", {}, v.was !== undefined ? v.was + " → " + v.text + " *" : v.text))));
  }

  // timeline draws the lanes and what went between them, the newest last.
  function timeline() {
    const n = Math.max(1, walk.lanes.length), width = Math.max(300, Math.min(640, $("timeline").clientWidth - 20)), lane = (i) => (i + 0.5) * width / n, step = 34;
    const acts = [];
    walk.stops.slice(0, at + 1).forEach((s, i) => (s.arrows || []).forEach((a) => acts.push({ ...a, own: i === at })));
    const shown = acts.slice(-10), height = 40 + Math.max(1, shown.length) * step;
    const svg = make("svg", { viewBox: "0 0 " + width + " " + height, role: "img", "aria-labelledby": "player-svg-title" });
    svg.append(make("title", { id: "player-svg-title" }, acts.length ? "Sequence: " + acts.map((a) => walk.lanes[a.from] + (a.from === a.to ? "" : " to " + walk.lanes[a.to]) + ": " + a.text).slice(-10).join("; ") : "Sequence: nothing yet"));
    walk.lanes.forEach((l, i) => svg.append(
      make("text", { x: lane(i), y: 16, class: "lane", "text-anchor": "middle" }, l),
      make("line", { x1: lane(i), x2: lane(i), y1: 24, y2: height, class: "rail" })));
    shown.forEach((a, i) => {
      const y = 40 + i * step + 14, g = make("g", { class: a.own ? "act now" : "act" }), x1 = lane(a.from), x2 = lane(a.to);
      const most = Math.max(30, Math.floor(width / 14)), text = (a.own ? "▶ " : "") + (a.text.length > most ? a.text.slice(0, most - 1) + "…" : a.text);
      if (a.from === a.to) {
        g.append(make("path", { d: "M" + (x1 - 4) + " " + y + "h8", class: "stay" }));
      } else {
        const d = x2 > x1 ? -8 : 8;
        g.append(make("path", { d: "M" + x1 + " " + y + "H" + x2 + "m" + d + " -5L" + x2 + " " + y + "l" + d + " 5", class: a.reply ? "reply" : "" }));
      }
      const half = text.length * 3.6, mid = Math.max(half, Math.min(width - half, (x1 + x2) / 2));
      g.append(make("text", { x: mid, y: y - 5, "text-anchor": "middle" }, text));
      svg.append(g);
    });
    fill($("timeline"), svg);
    $("earlier").textContent = acts.length > shown.length ? acts.length - shown.length + " earlier ones are not drawn." : "";
  }

  function moments() {
    const here = (walk.stops[at].moments || []).map((i) => walk.moments[i]);
    const known = walk.moments.filter((m) => m.shown === at && at > 0 && !here.includes(m));
    fill($("moments"), ...[...here, ...known].map((m) => make("article", { class: at >= m.shown ? m.tone : "" },
      make("h3", {}, m.myth ? make("span", { class: "belief" }, "A belief ") : null, m.question),
      at >= m.shown ? make("p", {}, make("b", { class: "verdict " + m.tone }, m.verdict), " " + m.answer.join(" "))
        : make("p", { class: "quiet" }, "This row bears on it; the verdict comes later."))));
  }

  function question() {
    const box = $("gate");
    box.hidden = asking === null;
    if (asking === null) return fill(box);
    play(false);
    const q = walk.questions[asking];
    const hints = make("div", { role: "status" });
    const drawHints = () => fill(hints, ...q.hints.slice(0, hintsShown(q)).map((h, i) => make("p", {}, "Hint " + (i + 1) + " of " + q.hints.length + ": " + h)));
    drawHints();
    fill(box,
      make("h3", { id: "player-prompt", tabindex: "-1" }, "Before you go on: " + q.prompt),
      make("div", { class: "choices", role: "group", "aria-labelledby": "player-prompt" }, ...q.options.map((o, i) => make("button", { type: "button", onclick: () => answer(i) }, o.text))),
      hints,
      make("p", {}, make("button", { type: "button", class: "small", onclick: () => { pendingHints.set(q.id, Math.min(q.hints.length, hintsShown(q) + 1)); drawHints(); } }, "Hint"), " ",
        make("button", { type: "button", class: "small", onclick: () => answer(-1) }, "Skip")));
    document.getElementById("player-prompt").focus();
  }

  // observed puts predictions beside what the run shows, at the stop that shows
  // it and, all together, at the end. It returns that in short, for those who
  // listen: only what is told is announced, never a whole table.
  function observed() {
    const due = walk.questions.filter((q) => {
      const g = given[q.id];
      if (!g) return false;
      return at === last || g.choice >= 0 && q.options[g.choice].shown === at;
    });
    const chosen = (q) => q.options[(given[q.id] || { choice: -1 }).choice];
    const predicted = walk.questions.filter(chosen), score = predicted.filter((q) => chosen(q).correct).length;
    fill($("observed"),
      at === last && predicted.length ? make("p", { class: "strong" }, "Predicted right: " + score + " of " + walk.questions.length + ".") : null,
      ...due.map((q) => {
        const o = chosen(q), key = q.options.find((x) => x.correct), best = o || key;
        return make("article", { class: o ? (o.correct ? "good" : "bad") : "" },
          make("h3", {}, q.prompt),
          make("p", {}, "You predicted: " + (o ? o.text : "nothing, it was skipped") + " ", o ? make("b", { class: "verdict " + (o.correct ? "good" : "bad") }, o.correct ? "right" : "not so") : null),
          best ? make("p", {}, "The run: " + (key && best !== o || o && !o.correct && key ? key.text + ". " : "") + best.feedback + (best.rows ? " (" + best.rows + ")" : "")) : null);
      }),
      ...(at === last ? (walk.notes || []).map((n) => make("p", { class: "note" }, n)) : []),
      at === last && walk.left ? make("p", { class: "note" }, walk.left + " more stops are not in the player; the whole lesson has their rows.") : null,
      at === last && Object.keys(given).length ? make("p", {}, make("button", { type: "button", class: "small", onclick: () => { given = {}; pendingHints.clear(); keep(); go(0); } }, "Forget my predictions and begin again")) : null);
    if (at === last) return predicted.length ? " Predicted right: " + score + " of " + walk.questions.length + "." : "";
    return due.map((q) => " Your prediction was " + (chosen(q).correct ? "right." : "not so.")).join("");
  }

  // inView scrolls a pane, never the page.
  function inView(e) {
    const pane = e && e.closest(".pane");
    if (!pane || pane.scrollHeight <= pane.clientHeight) return;
    const top = e.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    if (top < 0 || top > pane.clientHeight - 60) pane.scrollTop += top - pane.clientHeight / 2;
  }

  // markdown is the table as far as it is known, for a document or a question.
  function markdown() {
    const cell = (t) => t.replace(/[\\|`*_<>\[\]]/g, "\\$&").replace(/\n/g, "<br>");
    const line = (cells) => "| " + cells.join(" | ") + " |";
    return [line(walk.columns), line(walk.columns.map(() => "---")), ...rows().map(({ s }) => line(s.cells.map((c) => cell(c.t))))].join("\n") + "\n";
  }
  async function copy() {
    const text = markdown(), area = $("copied");
    area.value = text; area.hidden = false; area.select();
    let done = false;
    try { await navigator.clipboard.writeText(text); done = true; } catch { done = document.execCommand && document.execCommand("copy"); }
    $("say").textContent = done ? "The table is copied as Markdown." : "Copy the Markdown from the box.";
    area.hidden = done;
    if (done) $("copy").focus({ preventScroll: true });
  }

  // ---- keys, links, beginning

  const opensWhole = "whole" in document.getElementById("player").dataset;
  function whole(on) {
    document.body.classList.toggle("stepping", !on);
    $("whole").textContent = on ? "Step through" : "Whole lesson";
    $("whole").setAttribute("aria-pressed", String(on));
  }
  // fromHash goes where a link leads: to a stop, or to another place of the whole
  // lesson, as the row of a twin. A link is followed without questions. An
  // address without one is where the reader came from: the beginning.
  function fromHash() {
    clearTimeout(later); later = 0;
    let name = location.hash.slice(1);
    try { name = decodeURIComponent(name); } catch { /* a link that was cut short */ }
    const id = name.replace(/^step=/, ""), i = walk.stops.findIndex((s) => s.id === id), place = document.getElementById(name) || document.getElementById("step=" + id);
    // A page that a mode chose opens whole; a link in it leads to its own row.
    if (opensWhole && !document.body.classList.contains("stepping") && document.getElementById(name)) return;
    if (!name) { whole("whole" in (history.state || {}) ? history.state.whole : opensWhole); at = 0; asking = null; show(); }
    else if (i >= 0) { whole(false); at = i; asking = null; show(); }
    else if (place) { whole(true); place.scrollIntoView(); }
    else if (name !== id) { whole(false); $("say").textContent = "There is no step " + id + " in this run."; show(); }
  }
  const keys = {
    ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(last),
    m: () => moment(1), M: () => moment(-1), p: () => play(!timer),
    a: () => pick(0), b: () => pick(1), c: () => pick(2), d: () => pick(3),
  };
  function turn() { // between the steps and the whole lesson
    whole(document.body.classList.contains("stepping"));
    note(location.hash);
    if (document.body.classList.contains("stepping")) show();
  }
  function pick(i) { if (asking !== null && walk.questions[asking].options[i]) answer(i); }
  document.addEventListener("keydown", (e) => {
    const field = e.target.closest("input:not([type=range]), textarea, select");
    if (field || e.ctrlKey || e.metaKey || e.altKey || !document.body.classList.contains("stepping") || !keys[e.key]) return;
    e.preventDefault(); keys[e.key]();
  });
  for (const [id, f] of [["first", () => go(0)], ["back", () => go(at - 1)], ["forward", () => go(at + 1)], ["last", () => go(last)],
    ["moment", () => moment(1)], ["play", () => play(!timer)], ["copy", copy], ["whole", turn]]) $(id).addEventListener("click", f);
  $("slider").addEventListener("input", (e) => go(Number(e.target.value)));
  $("speed").addEventListener("change", () => { if (timer) play(true); });
  window.addEventListener("hashchange", fromHash);
  window.addEventListener("resize", () => { if (document.body.classList.contains("stepping")) { code(walk.stops[at]); table(); timeline(); } });

  $("slider").max = last;
  $("file").textContent = walk.file || "the program";
  fill($("head"), ...walk.columns.map((c) => make("th", { scope: "col", role: "columnheader" }, c)));
  document.getElementById("player").hidden = false;
  if (new URLSearchParams(location.search).has("embed") || window.parent !== window) document.body.classList.add("embed");
  whole(opensWhole);
  if (location.hash) fromHash();
  else show();
})();
