// The plain first page: the campaigns with what the score says of them. Polls with If-None-Match, so a quiet town costs nothing.
import { texts, languageOf } from "./texts.js";

const pageSize = 100;
const pollMilliseconds = 5000;
const $ = id => document.getElementById(id);

let language = languageOf(localStorage.getItem("language"), navigator.languages);
let shown = pageSize;
let pages = new Map();      // address -> { tag, body }
let before = new Map();     // campaign -> what its row said

// A holder's link, /#token=…, carries the token where no browser sends it to a server. It moves into this tab's memory and out of the address.
const token = (() => {
  const found = /^#token=([\w-]+)$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem("token", found[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("token");
})();

function say(key, values = {}) {
  return texts[language][key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

async function page(address) {
  const known = pages.get(address);
  const headers = known ? { "If-None-Match": known.tag } : {};
  if (token) headers.Authorization = `Bearer ${token}`;
  const answer = await fetch(address, { headers });
  if (answer.status === 304) return known.body;
  if (!answer.ok) throw new Error(`${answer.status}`);
  const body = await answer.json();
  pages.set(address, { tag: answer.headers.get("ETag"), body });
  return body;
}

async function load() {
  const items = [];
  let continuation = null;
  do {
    const query = new URLSearchParams({ limit: String(pageSize) });
    if (continuation) query.set("continuation", continuation);
    const body = await page(`/api/campaigns?${query}`);
    items.push(...body.items);
    continuation = body.continuation;
  } while (continuation && items.length < shown);
  return { items, more: continuation !== null };
}

function money(amount, currency, unit) {
  if (amount === null) return null;
  const number = Number(amount);
  if (unit === "orders" || !currency) return new Intl.NumberFormat(language).format(number);
  return new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: Number.isInteger(number) ? 0 : 2 }).format(number);
}

function cell(label, text, { share = null, className = "", unknown = "–" } = {}) {
  const td = document.createElement("td");
  td.dataset.label = label;
  td.className = className;
  if (text === null || text === undefined) {
    td.append(Object.assign(document.createElement("span"), { className: "unknown", textContent: unknown }));
    return td;
  }
  td.append(text);
  if (share !== null) {
    const bar = Object.assign(document.createElement("span"), { className: "bar" });
    const fill = document.createElement("span");
    fill.style.width = `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%`;
    bar.setAttribute("aria-hidden", "true");
    bar.append(fill);
    td.append(bar);
  }
  return td;
}

function probability(campaign, waits) {
  const abstains = campaign.confidence === "abstain" && campaign.state === "live";
  const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 0 });
  const text = campaign.probability === null ? null : percent.format(campaign.probability);
  const td = cell(say("probability"), text, { share: campaign.probability, className: abstains ? "number abstains" : "number", unknown: waits });
  if (abstains && text !== null) td.append(Object.assign(document.createElement("span"), { className: "quiet place", textContent: say("abstains") }));
  return td;
}

function row(campaign) {
  const tr = document.createElement("tr");
  const title = cell(say("campaign"), "", { className: "title" });
  title.textContent = "";
  const safe = campaign.url && /^https?:\/\//i.test(campaign.url);
  const name = document.createElement(safe ? "a" : "span");
  name.textContent = campaign.title;
  if (safe) { name.href = campaign.url; name.rel = "noopener noreferrer"; }
  title.append(name, Object.assign(document.createElement("span"), { className: "quiet place", textContent: campaign.campaign }));
  const share = campaign.goal ? campaign.pledged / campaign.goal : null;
  const waits = campaign.awaitsFacts ? say("awaitsFacts") : "–";
  tr.append(
    title,
    cell(say("state"), say(`state_${campaign.state}`)),
    cell(say("pledged"), share === null ? money(campaign.pledged, campaign.currency, campaign.goalUnit)
      : say("ofGoal", { pledged: money(campaign.pledged, campaign.currency, campaign.goalUnit), goal: money(campaign.goal, campaign.currency, campaign.goalUnit) }), { share, className: "number" }),
    cell(say("people"), campaign.backers === null ? null : new Intl.NumberFormat(language).format(campaign.backers), { className: "number" }),
    probability(campaign, waits),
    cell(say("meter"), campaign.meter === null ? null : String(campaign.meter), { share: campaign.meter === null ? null : campaign.meter / 100, className: "number", unknown: waits }),
    cell(say("seen"), new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(campaign.takenAt)), { className: "quiet" }));
  const says = JSON.stringify([campaign.pledged, campaign.probability, campaign.meter, campaign.state]);
  if (before.has(campaign.campaign) && before.get(campaign.campaign) !== says) tr.className = "changed";
  before.set(campaign.campaign, says);
  return tr;
}

function draw({ items, more }) {
  $("campaigns").hidden = items.length === 0;
  $("caption").textContent = say(items.length === 1 ? "one" : "count", { n: new Intl.NumberFormat(language).format(items.length) });
  $("rows").replaceChildren(...items.map(row));
  $("more").hidden = !more;
  notice(items.length === 0 ? say("empty") : "", false);
}

function notice(text, trouble) {
  if ($("notice").textContent !== text) $("notice").textContent = text;
  $("notice").className = trouble ? "trouble" : "";
}

function frame() {
  document.documentElement.lang = language;
  $("lead").textContent = say("lead");
  $("honesty").textContent = say("honesty");
  $("more").textContent = say("more");
  $("heads").replaceChildren(...["campaign", "state", "pledged", "people", "probability", "meter", "seen"].map(key => {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = say(key);
    if (["pledged", "people", "probability", "meter"].includes(key)) th.className = "number";
    return th;
  }));
  $("languages").setAttribute("aria-label", say("language"));
  $("languages").replaceChildren(...Object.keys(texts).map(code => {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = code;
    button.textContent = texts[code].name;
    button.setAttribute("aria-pressed", String(code === language));
    button.addEventListener("click", () => { language = code; localStorage.setItem("language", code); frame(); refresh(); });
    return button;
  }));
}

async function refresh() {
  try {
    draw(await load());
  } catch {
    notice(say("down"), true);
  }
}

$("more").addEventListener("click", () => { shown += pageSize; refresh(); });
frame();
await refresh();
setInterval(refresh, pollMilliseconds);
