// Who is told of events, and where: each subscription of a scope with what can be done with it, and a form for one more.
import { ApiError } from "../api.js";
import { element, renew } from "../dom.js";
import { deliveriesOf } from "../subscriptions/deliveries.js";
import { formOf, rhythmOf } from "../subscriptions/form.js";
import { answerOf, once, saying, sure, well } from "../subscriptions/saying.js";

const pollSeconds = 10;
const mostOffered = 500;
const named = /^[a-z0-9][a-z0-9._~-]*\/[a-z0-9][a-z0-9._~-]*$/;

/** A secret that was shown and not yet put away: choosing another language must not lose it; leaving the page does. */
let held = null;

export async function show(root, context) {
  const { words, me, api, watch, navigate, askForKey, token } = context;
  if (held?.token !== token) held = null;
  const head = (...more) => element("header", { class: "head" }, element("h1", { text: words("subs.title") }), element("p", { class: "lead", text: words("subs.lead") }), more);
  if (!me.hears) {
    root.replaceChildren(head(element("p", { text: words("subs.what") }), element("p", { text: words(me.known ? "subs.notThisKey" : "subs.keyNeeded") }),
      element("p", { class: "buttons" }, element("button", { type: "button", class: "main", "data-testid": "give-key", text: words("page.keyGive"), on: { click: () => askForKey() } }))));
    return undefined;
  }

  const asked = new URLSearchParams(location.search).get("campaign")?.trim().toLowerCase() || null;
  const campaign = me.scope.campaign ?? asked;
  const isTheirs = campaign === null || (named.test(campaign) && me.mayHear(campaign)) && (me.scope.campaign ?? campaign) === (asked ?? campaign);
  const scope = campaign ? { campaign } : me.scope.platform ? { platform: me.scope.platform } : { all: true };
  const path = campaign ? `/api/subscriptions?campaign=${encodeURIComponent(campaign)}` : "/api/subscriptions";
  const cards = new Map();
  const picker = me.scope.campaign ? null : pickerOf(context, campaign);
  const list = element("ul", { class: "rows", "data-testid": "subscriptions" });
  const none = element("p", { text: words("subs.none"), hidden: true });
  const said = saying();
  const listTitle = element("h2", { id: "subs-title", tabindex: "-1", text: words("subs.listed") });
  const view = { ...context, isOfCampaign: campaign !== null, changed, removed, hold: secret => { held = secret && { ...secret, token }; }, heldOf: id => held?.id === id ? held.secret : null };

  if (!isTheirs) {
    root.replaceChildren(head(), picker ?? "", element("p", { class: "said-not", role: "alert", text: words("subs.error.campaign") }), element("p", {}, element("a", { href: "/subscriptions", text: words("subs.ofKey") })));
    return undefined;
  }

  const [first, about] = await Promise.all([api(path), campaign ? api.optional(`/api/campaigns/${campaign}`) : null]);
  const what = campaign ? [words("subs.of"), " ", about ? element("a", { href: `/campaigns/${campaign}`, text: about.title }) : campaign]
    : me.scope.platform ? words("subs.ofPlatform", { platform: me.scope.platform }) : words("subs.ofAll");
  const adding = element("details", { class: "card", id: "add", "data-testid": "add", open: first.items.length === 0 },
    element("summary", {}, element("h2", { text: words("subs.add") })),
    element("p", { class: "quiet", text: words("subs.addWhy") }),
    formOf({ key: "new", isOfCampaign: view.isOfCampaign, button: words("subs.make"), send: async body => {
      const { secret, ...made } = await api("/api/subscriptions", { method: "POST", body: { ...scope, ...body } });
      view.hold({ id: made.id, secret });
      adding.querySelector("form").reset();
      adding.querySelector("form").dispatchEvent(new Event("change"));
      adding.open = false;
      changed(made);
      cards.get(made.id).showSecret({ lead: words("subs.made") });
      return null;
    } }, view));

  root.replaceChildren(head(element("p", {}, element("strong", {}, what))), picker ?? "",
    element("section", { class: "section", "aria-labelledby": "subs-title" }, listTitle, said, none, list), adding);
  let items = first.items;
  draw();
  const stop = watch(path, pollSeconds, body => { if (body) { items = body.items; draw(); } });
  return () => {
    stop();
    for (const card of cards.values()) card.end();
    if (location.pathname.replace(/\/+$/, "") !== "/subscriptions") held = null;
  };

  /** The newest first. A card is made once and told what changed: what somebody types in it stays. */
  function draw() {
    const sorted = [...items].sort((one, other) => other.madeAt.localeCompare(one.madeAt));
    for (const [id, card] of cards) if (!sorted.some(one => one.id === id)) { card.end(); card.root.remove(); cards.delete(id); }
    sorted.forEach((one, at) => {
      const card = cards.get(one.id);
      if (card) card.update(one);
      else cards.set(one.id, cardOf(one, view));
      const node = cards.get(one.id).root;
      if (list.children[at] !== node) list.insertBefore(node, list.children[at] ?? null);
    });
    none.hidden = sorted.length > 0;
    list.hidden = sorted.length === 0;
  }

  function changed(one) {
    api.forget(path);
    items = [...items.filter(other => other.id !== one.id), one];
    draw();
  }

  function removed(id) {
    api.forget(path);
    if (held?.id === id) held = null;
    items = items.filter(one => one.id !== id);
    draw();
    said.replaceChildren(well(words("subs.deleted")));
    listTitle.focus();
  }

  /** Who looks after many may choose one of them. */
  function pickerOf({ words: say }, chosen) {
    const input = element("input", { id: "subs-campaign", name: "campaign", list: "subs-campaigns", autocomplete: "off", spellcheck: "false", value: chosen, "aria-describedby": "subs-campaign-why" });
    const offered = element("datalist", { id: "subs-campaigns" });
    api.optional(`/api/campaigns?state=live&limit=${mostOffered}${me.scope.platform ? `&platform=${me.scope.platform}` : ""}`)
      .then(found => offered.append(...(found?.items ?? []).map(one => element("option", { value: one.campaign, text: one.title }))))
      .catch(error => { if (!(error instanceof ApiError)) throw error; /* It can be typed. */ });
    return element("form", { class: "field", on: { submit: event => {
      event.preventDefault();
      const wanted = input.value.trim();
      navigate(wanted ? `/subscriptions?campaign=${encodeURIComponent(wanted)}` : "/subscriptions");
    } } },
      element("label", { for: "subs-campaign", text: say("subs.whose") }),
      element("div", { class: "inline-field" }, input, offered, element("button", { type: "submit", text: say("subs.show") }), chosen && element("a", { href: "/subscriptions", text: say("subs.ofKey") })),
      element("p", { class: "quiet", id: "subs-campaign-why", text: say("subs.whoseWhy") }));
  }
}

function hostOf(url) {
  try { return new URL(url).host; } catch { return url; }
}

function cardOf(first, view) {
  const { words, format, api } = view;
  let one = first, drawn = JSON.stringify(first);
  const { id } = one;
  const address = `/api/subscriptions/${id}`;
  const name = () => one.label || hostOf(one.url);
  const top = element("div", { class: "section" });
  const secretBox = element("div", {});
  const said = saying();
  said.dataset.testid = "said";
  const deliveries = deliveriesOf(() => one, view);

  const body = element("div", {});
  const editing = element("details", { "data-testid": "edit", on: { toggle: event => {
    if (event.target !== editing || !editing.open) return;
    // With what holds now, and left alone while it is open.
    body.replaceChildren(formOf({ key: id, one, isOfCampaign: view.isOfCampaign, button: words("subs.save"), send: async wish => {
      take(await api(address, { method: "PATCH", body: wish }));
      return words("subs.saved");
    } }, view));
  } } }, element("summary", { text: words("subs.change") }), body);

  const take = now => view.changed(now);

  const setState = (state, code) => async () => {
    take(await api(address, { method: "PATCH", body: { state } }));
    return well(words(code));
  };

  async function test() {
    const tried = await api(`${address}/test`, { method: "POST" });
    const isTaken = tried.status >= 200 && tried.status < 300;
    return [element("span", { class: isTaken ? "said-ok" : "said-not", text: `${words(isTaken ? "subs.test.taken" : "subs.test.not")} ${answerOf(tried, view)}` }), tried.answer && element("span", { class: "answer-text", text: tried.answer })];
  }

  const sureOfRotation = () => sure(view, { title: words("subs.rotate.title"), texts: [words("subs.rotate.why"), words("subs.rotate.before")], yes: words("subs.rotate.yes") });
  const sureOfRemoval = () => sure(view, { title: words("subs.delete.title", { name: name() }), texts: [words("subs.delete.why")], yes: words("subs.delete.yes") });

  async function rotate() {
    const { secret, ...now } = await api(`${address}/secret`, { method: "POST" });
    view.hold({ id, secret });
    take({ ...now, secret: null });
    showSecret({ lead: words("subs.rotated") });
    return null;
  }

  async function remove() {
    await api(address, { method: "DELETE" });
    view.removed(id);
    return null;
  }

  function draw() {
    const button = (code, does, { main = false, isSure = null } = {}) => {
      const made = element("button", { type: "button", class: main ? "main" : null, "data-keep": `${id} ${code}`, "data-testid": code.split(".").at(-1), "aria-label": `${words(code)}: ${name()}`, text: words(code) });
      const run = once(view, made, said, does);
      made.addEventListener("click", async event => { if (!isSure || await isSure()) await run(event); });
      return made;
    };
    const events = one.events.length === 0 ? words("subs.events.all") : one.events.map(type => words(`subs.event.${type}`) ?? type).join(" · ");
    renew(top,
      element("div", { class: "row" }, element("h3", { id: `${id}-name`, text: name() }), element("span", { class: `badge ${one.state === "active" ? "" : "needs"}`, "data-testid": "state", text: words(`subs.is.${one.state}`) })),
      one.state === "disabled" && element("div", { class: "card rests" }, element("p", {}, element("strong", { text: words(`subs.why.${one.why}`) ?? words("subs.why.other") })), element("p", { text: words("subs.wakeWhy") }), element("p", {}, button("subs.wake", setState("active", "subs.woken"), { main: true }))),
      one.state === "paused" && element("p", { text: words("subs.pausedWhy") }),
      one.slowUntil && element("p", { text: words("subs.slowUntil", { at: format.date(one.slowUntil) }) }),
      one.failingSince && one.state === "active" && element("p", { text: words("subs.failingSince", { at: format.date(one.failingSince) }) }),
      one.oldSecretUntil && element("p", { text: words("subs.oldSecretUntil", { at: format.date(one.oldSecretUntil) }) }),
      element("dl", { class: "facts" }, [
        [words("subs.url"), one.url],
        [words("subs.fact.events"), events],
        [words("subs.fact.rhythm"), rhythmOf(one) === "every" ? words("subs.rhythm.everyIs", { n: one.minimumIntervalMinutes }) : words(`subs.rhythm.${rhythmOf(one)}`)],
        [words("subs.fact.format"), `${words(`subs.format.${one.format}`)}, ${new Intl.DisplayNames(view.language, { type: "language" }).of(one.language)}`],
        [words("subs.madeAt"), format.date(one.madeAt)],
      ].map(([term, text]) => element("div", {}, element("dt", { text: term }), element("dd", { text })))),
      element("p", { class: "buttons" },
        button("subs.test", test),
        one.state === "active" ? button("subs.pause", setState("paused", "subs.paused")) : one.state === "paused" ? button("subs.resume", setState("active", "subs.resumed")) : null,
        button("subs.rotate", rotate, { isSure: sureOfRotation }), button("subs.delete", remove, { isSure: sureOfRemoval })));
  }

  /** Once: it is kept nowhere in the open, and so cannot be shown again. */
  function showSecret({ lead = null, lands = true } = {}) {
    const secret = view.heldOf(id);
    if (secret === null) return;
    const text = element("p", { class: "secret", "data-testid": "secret", text: secret });
    const copied = element("span", { role: "status", class: "quiet" });
    const title = element("h4", { id: `${id}-secret`, tabindex: "-1", text: words("subs.secret") });
    secretBox.replaceChildren(element("div", { class: "card once", role: "group", "aria-labelledby": `${id}-secret` },
      lead && element("p", { class: "said-ok", text: lead }), title, element("p", { text: words("subs.secretWhy") }), text,
      element("p", { class: "buttons" },
        element("button", { type: "button", class: "main", "data-testid": "copy", text: words("page.copy"), on: { click: async () => {
          try { await navigator.clipboard.writeText(secret); copied.textContent = words("page.copied"); }
          catch { getSelection().selectAllChildren(text); copied.textContent = words("page.copyByHand"); }
        } } }),
        element("button", { type: "button", "data-testid": "kept", text: words("subs.secretKept"), on: { click: () => { view.hold(null); secretBox.replaceChildren(); top.querySelector("[data-testid=test]").focus(); } } }), copied)));
    if (lands) title.focus();
  }

  const root = element("li", { class: "card", "aria-labelledby": `${id}-name`, "data-testid": "subscription" }, top, said, secretBox, editing, deliveries.root);
  draw();
  showSecret({ lands: false });
  return {
    root, showSecret, end: deliveries.end,
    update: now => {
      const text = JSON.stringify(now);
      if (text === drawn) return;
      [one, drawn] = [now, text];
      draw();
      deliveries.draw();
    },
  };
}
