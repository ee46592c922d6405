// The plain first page: the campaigns, and one of them with what its score says. Polls with If-None-Match, so a quiet town costs nothing.
import { campaignView } from "./campaign.js";
import { languageOf, languages, sayer, wordsIn } from "./words.js";

const pageSize = 100;
const pollMilliseconds = 5000;
const $ = id => document.getElementById(id);

const asked = new URLSearchParams(location.search).get("language");
let language = languageOf(asked ?? localStorage.getItem("language"), navigator.languages);
let say = null;
let shown = pageSize;
let pages = new Map();      // address -> { tag, body }
let before = new Map();     // campaign -> what its row said
let drawn = null;           // what the campaign's view shows, so that a poll without news disturbs nobody who reads or types
const seen = new Set();     // scores whose advice was logged as shown

// A holder's link, /#token=…, carries the token where no browser sends it to a server. It moves into this tab's memory and out of the address.
let key = (() => {
  const found = /^#token=([\w-]+)$/.exec(location.hash);
  if (found) {
    sessionStorage.setItem("key", found[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  return sessionStorage.getItem("key");
})();

async function page(address) {
  const known = pages.get(address);
  const answer = await fetch(address, { headers: { ...(known ? { "If-None-Match": known.tag } : {}), ...(key ? { Authorization: `Bearer ${key}` } : {}) } });
  if (answer.status === 304) return known.body;
  if (!answer.ok) throw Object.assign(new Error(`${answer.status}`), { status: answer.status });
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
  const td = cell(say("page.probability"), text, { share: campaign.probability, className: abstains ? "number abstains" : "number", unknown: waits });
  if (abstains && text !== null) td.append(Object.assign(document.createElement("span"), { className: "quiet place", textContent: say("page.abstains") }));
  return td;
}

function row(campaign) {
  const tr = document.createElement("tr");
  const title = cell(say("page.campaign"), "", { className: "title" });
  title.textContent = "";
  const name = document.createElement("a");
  name.textContent = campaign.title;
  name.href = `#${campaign.campaign}`;
  title.append(name, Object.assign(document.createElement("span"), { className: "quiet place", textContent: campaign.campaign }));
  const share = campaign.goal ? campaign.pledged / campaign.goal : null;
  const waits = campaign.awaitsFacts ? say("page.awaitsFacts") : "–";
  tr.append(
    title,
    cell(say("page.state"), say(`state.${campaign.state}`)),
    cell(say("page.pledged"), share === null ? money(campaign.pledged, campaign.currency, campaign.goalUnit)
      : say("page.ofGoal", { pledged: money(campaign.pledged, campaign.currency, campaign.goalUnit), goal: money(campaign.goal, campaign.currency, campaign.goalUnit) }), { share, className: "number" }),
    cell(say("page.people"), campaign.backers === null ? null : new Intl.NumberFormat(language).format(campaign.backers), { className: "number" }),
    probability(campaign, waits),
    cell(say("page.meter"), campaign.meter === null ? null : String(campaign.meter), { share: campaign.meter === null ? null : campaign.meter / 100, className: "number", unknown: waits }),
    cell(say("page.seen"), new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }).format(new Date(campaign.takenAt)), { className: "quiet" }));
  const says = JSON.stringify([campaign.pledged, campaign.probability, campaign.meter, campaign.state]);
  if (before.has(campaign.campaign) && before.get(campaign.campaign) !== says) tr.className = "changed";
  before.set(campaign.campaign, says);
  return tr;
}

function draw({ items, more }) {
  $("campaigns").hidden = items.length === 0;
  $("caption").textContent = say("page.count", { n: new Intl.NumberFormat(language).format(items.length) }, { n: items.length });
  $("rows").replaceChildren(...items.map(row));
  $("more").hidden = !more;
  notice(items.length === 0 ? say("page.empty") : "", false);
}

function notice(text, trouble) {
  if ($("notice").textContent !== text) $("notice").textContent = text;
  $("notice").className = trouble ? "trouble" : "";
}

async function frame() {
  say = sayer(await wordsIn(language), language);
  drawn = null;
  document.documentElement.lang = language;
  $("lead").textContent = say("page.lead");
  $("honesty").textContent = say("page.honesty");
  $("more").textContent = say("page.more");
  $("heads").replaceChildren(...["campaign", "state", "pledged", "people", "probability", "meter", "seen"].map(key => {
    const th = document.createElement("th");
    th.scope = "col";
    th.textContent = say(`page.${key}`);
    if (["pledged", "people", "probability", "meter"].includes(key)) th.className = "number";
    return th;
  }));
  $("languages").setAttribute("aria-label", say("page.language"));
  $("languages").replaceChildren(...languages.map(code => {
    const button = document.createElement("button");
    button.type = "button";
    button.lang = code;
    button.textContent = { nl: "Nederlands", fr: "Français", en: "English" }[code];
    button.setAttribute("aria-pressed", String(code === language));
    button.addEventListener("click", () => { choose(code); });
    return button;
  }));
}

async function choose(code) {
  language = code;
  localStorage.setItem("language", code);
  await refresh(true);
}

// What may be missing is null: a score that is not public or not there yet, a network not built, a log without a key.
async function optional(address) {
  try {
    return { body: await page(address), status: 200 };
  } catch (error) {
    if (error.status === undefined) throw error;
    return { body: null, status: error.status };
  }
}

async function post(address, word) {
  const answer = await fetch(address, { method: "POST", headers: { "Content-Type": "application/json", Authorization: `Bearer ${key}` }, body: JSON.stringify(word) });
  return answer.ok;
}

async function drawCampaign(campaign) {
  const address = `/api/campaigns/${campaign.split("/").map(encodeURIComponent).join("/")}`;
  const detail = await optional(address);
  if (detail.body === null) {
    if (detail.status !== 404 && detail.status !== 400) throw new Error(`${detail.status}`);
    $("campaign").replaceChildren();
    drawn = null;
    return notice(say("page.missing"), false);
  }
  const [score, network] = [await optional(`${address}/score`), await optional(`${address}/network`)];
  const log = key ? await optional(`${address}/advice`) : { body: null };
  const mayAct = log.body !== null;
  notice("", false);
  const says = JSON.stringify([language, detail.body, score, network.body, log.body, mayAct]);
  if (says === drawn) return;
  drawn = says;
  $("campaign").replaceChildren(...campaignView({
    say, language, mayAct,
    detail: detail.body, score: score.body, network: network.body, log: log.body,
    withheld: score.status === 401 || score.status === 403,
    act: word => post(`${address}/advice`, word),
    useKey: given => { key = given || null; if (key) sessionStorage.setItem("key", key); else sessionStorage.removeItem("key"); refresh(); },
  }));
  const shownAs = `${campaign} ${score.body?.asOf}`;
  if (mayAct && score.body?.advice.length > 0 && !seen.has(shownAs) && await post(`${address}/advice`, { answer: "shown", asOf: score.body.asOf })) seen.add(shownAs);
}

async function refresh(anew = false) {
  try {
    if (anew || say === null) await frame();
    const campaign = decodeURIComponent(location.hash.slice(1));
    $("list").hidden = campaign !== "";
    $("campaign").hidden = campaign === "";
    if (campaign === "") draw(await load());
    else await drawCampaign(campaign);
  } catch {
    if (say) notice(say("page.down"), true);
  }
}

$("more").addEventListener("click", () => { shown += pageSize; refresh(); });
addEventListener("hashchange", () => { drawn = null; $("campaign").replaceChildren(); refresh(); scrollTo(0, 0); });
await refresh(true);
setInterval(() => refresh(), pollMilliseconds);
