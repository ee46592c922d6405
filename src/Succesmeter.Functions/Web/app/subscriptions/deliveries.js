// What a subscription was told, how its endpoint took it, and sending it again. Asked for while it is unfolded.
import { element, renew } from "../dom.js";
import { answerOf, once, saying, well } from "./saying.js";

const atOnce = 10;
const pollSeconds = 10;
const canGoAgain = ["delivered", "failed", "stopped"];

/** @param current () → the subscription as it was heard of last. */
export function deliveriesOf(current, view) {
  const { words, format, api, watch } = view;
  const { id } = current();
  const address = `/api/subscriptions/${id}`;
  const seen = new Map();     // by id: what a newer page pushed out of the first one stays
  let stops = [], pages = 0, next = null;

  const said = saying();
  const list = element("div", { class: "section" });
  const more = element("button", { type: "button", text: words("subs.deliveries.more"), hidden: true, on: { click: () => {
    const known = seen.size;
    // Who uses keys goes on at the first of those that came.
    if (next && !list.hasAttribute("aria-busy")) look(next, () => {
      const first = list.querySelectorAll(".rows > li")[known];
      if (!first) return;
      first.tabIndex = -1;
      first.focus();
    });
  } } });

  /** Each page that was asked for is asked for again while this is open. */
  function look(continuation = null, then = null) {
    const page = ++pages;
    list.setAttribute("aria-busy", "true");
    stops.push(watch(`${address}/deliveries?limit=${atOnce}${continuation ? `&continuation=${encodeURIComponent(continuation)}` : ""}`, pollSeconds, (body, { first }) => {
      for (const one of body?.items ?? []) seen.set(one.id, one);
      if (page === pages) next = body?.continuation ?? null;
      draw();
      if (first) then?.();
    }));
  }

  function draw() {
    const all = [...seen.values()].sort((one, other) => Date.parse(other.at) - Date.parse(one.at) || (one.id < other.id ? -1 : 1));
    renew(list, all.length === 0 ? element("p", { text: words("subs.deliveries.none") }) : element("ol", { class: "rows", "data-testid": "deliveries" }, all.map(row)));
    list.removeAttribute("aria-busy");
    more.hidden = next === null;
  }

  function row(one) {
    const lang = current().language;
    const text = one.texts.length === 1 ? element("p", { lang, text: one.texts[0] }) : element("ul", { class: "plain-list", lang }, one.texts.map(line => element("li", { text: line })));
    const again = element("button", { type: "button", "data-keep": `again ${one.id}`, "aria-label": words("subs.again.one", { at: format.date(one.at) }), text: words("subs.again") });
    again.addEventListener("click", once(view, again, said, async () => {
      const { sent } = await api(`${address}/replay`, { method: "POST", body: { delivery: one.id } });
      await refresh();
      return well(words("subs.again.sent", { n: sent }));
    }));
    const last = one.tries.at(-1);
    return element("li", { class: "delivery" },
      element("p", { class: "row" },
        element("span", {}, element("time", { class: "quiet", datetime: one.at, text: format.date(one.at) }), " ", element("span", { class: `badge ${one.state === "failed" || one.state === "stopped" ? "needs" : ""}`, text: words(`subs.state.${one.state}`) ?? one.state })),
        canGoAgain.includes(one.state) && current().state === "active" && again),
      text,
      last && element("p", { class: "quiet", text: answerOf(last, view) }),
      one.nextAt && one.state === "pending" && element("p", { class: "quiet", text: words("subs.nextAt", { at: format.date(one.nextAt) }) }),
      one.tries.length > 0 && element("details", { class: "as-table", "data-keep": `tries ${one.id}` }, element("summary", { text: words("subs.tries", { n: one.tries.length }) }),
        element("ol", { class: "plain-list" }, one.tries.map(attempt => element("li", {}, `${format.date(attempt.at)}: ${answerOf(attempt, view)}`, attempt.answer && element("span", { class: "answer-text", text: attempt.answer }))))));
  }

  /** What was sent again is tried at once: the states of now, and not those of ten seconds ago. */
  async function refresh() {
    const path = `${address}/deliveries?limit=${atOnce}`;
    api.forget(path);
    for (const one of (await api(path)).items) seen.set(one.id, one);
    draw();
  }

  function rangeForm() {
    const errors = {};
    const input = name => element("input", { id: `${id}-${name}`, name, type: "datetime-local", "aria-describedby": `${id}-${name}-error` });
    const [from, to] = [input("from"), input("to")];
    const field = (name, made) => element("p", { class: "field" }, element("label", { for: made.id, text: words(`subs.range.${name}`) }), made, errors[name] = element("span", { class: "said-not", id: `${id}-${name}-error` }));
    const send = element("button", { type: "submit", text: words("subs.range.send") });
    const told = saying();
    told.className = "whole";
    const refuse = (name, made, text) => { errors[name].textContent = text; made.setAttribute("aria-invalid", "true"); made.focus(); return null; };
    const form = element("form", { class: "asks", novalidate: true }, field("from", from), field("to", to), element("p", { class: "whole buttons" }, send), told);
    form.addEventListener("submit", once(view, send, told, async () => {
      for (const [name, made] of [["from", from], ["to", to]]) { errors[name].replaceChildren(); made.removeAttribute("aria-invalid"); }
      if (!from.value && !to.value) return refuse("from", from, words("subs.error.range"));
      if (from.value && to.value && from.value > to.value) return refuse("to", to, words("subs.error.order"));
      const at = made => made.value ? new Date(made.value).toISOString() : null;
      const { sent } = await api(`${address}/replay`, { method: "POST", body: { from: at(from), to: at(to) } });
      await refresh();
      return well(words("subs.again.sent", { n: sent }));
    }));
    return element("details", { class: "as-table", "data-keep": `range ${id}` }, element("summary", { text: words("subs.range") }), element("p", { class: "quiet", text: words("subs.range.why") }), form);
  }

  function end() {
    for (const stop of stops) stop();
    stops = [];
    pages = 0;
    next = null;
  }

  const root = element("details", { "data-testid": "deliveries-of", on: { toggle: event => {
    if (event.target !== root) return;
    if (root.open && stops.length === 0) look();
    else if (!root.open) end();
  } } }, element("summary", { text: words("subs.deliveries") }), element("div", { class: "section" }, said, list, element("p", { class: "buttons" }, more), rangeForm()));
  return { root, end, draw: () => { if (root.open && seen.size > 0) draw(); } };
}
