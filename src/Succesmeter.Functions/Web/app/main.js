// The frame around the pages: key, language, address, what is told when the server does not answer. Pages are modules of pages/; each is
//   export async function show(root, context)  →  a function that ends it
// with context = { words(code, values), language, format, api(path, options), watch(path, seconds, onChange), token, me, navigate(path), params, askForKey() }.
import { apiWith, ApiError } from "./api.js";
import { element } from "./dom.js";
import { formats } from "./format.js";
import { meWith, stranger } from "./me.js";
import { routeOf } from "./routes.js";
import { languageNames, languageOf, languages, sayer, wordsIn } from "./words.js";

const retryMilliseconds = 10_000;
const $ = id => document.getElementById(id);
const stored = (store, key) => { try { return store.getItem(key); } catch { return null; } };
const store = (where, key, value) => { try { if (value === null) where.removeItem(key); else where.setItem(key, value); } catch { /* A window that keeps nothing still shows everything. */ } };

let language = languageOf(new URLSearchParams(location.search).get("language") ?? stored(localStorage, "language"), navigator.languages);
let token = tokenFromLink() ?? stored(sessionStorage, "key");
let words = null;
let me = stranger;
let connection = null;
let platform = stored(localStorage, "platform");
let shown = 0;              // counts what was asked to be shown, so that a slow page does not overwrite a later one
let endPage = () => {};
let isSought = false;       // it was asked which platform there is
let isUnknown = false;      // nobody answered when it was asked whose the key is
let wanted = language;      // the language asked for last: its words may still be on their way
const health = { slow: false, down: false };

/** A holder's link, /#token=…, carries the token where no browser sends it to a server. It moves into this tab's memory and out of the address. */
function tokenFromLink() {
  const found = /^#token=([\w.~-]+)$/.exec(location.hash);
  if (!found) return null;
  store(sessionStorage, "key", found[1]);
  history.replaceState(null, "", location.pathname + location.search);
  return found[1];
}

const tells = {
  slow: isSlow => { health.slow = isSlow; notice(); },
  down: isDown => {
    if (health.down !== isDown) { health.down = isDown; notice(); }
    // Who reads could not be asked when the window opened: now it can, and the page is shown as theirs.
    if (!isDown && isUnknown) start();
  },
};

function notice() {
  const text = !words ? null : health.down ? words("page.down") : health.slow ? words("page.slow") : null;
  const box = $("notice");
  if ((box.dataset.says ?? "") === (text ?? "")) return;
  box.dataset.says = text ?? "";
  box.classList.toggle("trouble", health.down);
  box.replaceChildren(...(text === null ? [] : [element("p", { text }), health.down ? element("button", { type: "button", text: words("page.retry"), "data-testid": "retry", on: { click: () => start() } }) : ""]));
}

function connect() {
  connection?.end();
  connection = apiWith(token, tells);
}

/** Whoever the key is, or a stranger; a key that is worth nothing is put away and that is said. */
async function introduce() {
  me = stranger;
  try {
    me = await meWith(connection.api);
  } catch (error) {
    if (error instanceof ApiError && error.status === 401 && token !== null) {
      keep(null);
      connect();
      me = await meWith(connection.api).catch(() => stranger);
      return false;
    }
    throw error;
  }
  return true;
}

function keep(given) {
  token = given;
  store(sessionStorage, "key", given);
}

function frame() {
  document.documentElement.lang = language;
  $("skip").textContent = words("page.skip");
  const here = routeOf(location.pathname);
  const link = (to, label, page) => element("a", { href: to, text: label, "aria-current": here?.page === page ? "page" : null });
  $("top").replaceChildren(
    element("div", { class: "wide" },
      element("a", { class: "brand", href: "/" }, element("img", { src: "/icon.svg", alt: "", width: 28, height: 28 }), element("span", { text: "Succesmeter" })),
      element("nav", { class: "pages", "aria-label": words("page.pages") },
        link("/", words("page.today"), "today"),
        ...(platform
          ? [link(`/platforms/${platform}`, words("page.platform"), "platform"), link(`/platforms/${platform}/network`, words("page.networkPage"), "network")]
          // Their place is kept till it is known which platform there is.
          : isSought ? [] : ["page.platform", "page.networkPage"].map(code => element("span", { class: "pending", "aria-hidden": "true", text: words(code) }))),
        link("/coaches", words("page.coaches"), "coaches"),
        link("/method", words("page.method"), "method")),
      element("div", { class: "tools" },
        element("div", { class: "languages", role: "group", "aria-label": words("page.language"), "data-testid": "languages" },
          ...languages.map(code => element("button", {
            type: "button", lang: code, text: code.toUpperCase(), "aria-label": `${code.toUpperCase()} – ${languageNames[code]}`, "aria-pressed": String(code === language), "data-language": code, on: { click: () => choose(code) },
          }))),
        element("button", { type: "button", class: "key", "data-testid": "key", text: words(me.known ? "page.keyHeld" : "page.keyGive"), on: { click: askForKey } }))));
  $("foot").replaceChildren(element("div", { class: "wide" }, element("p", { text: words("page.honesty") }), element("p", {}, element("a", { href: "/method", text: words("page.methodMore") }))));
}

async function choose(code) {
  wanted = code;
  if (code === language) return;
  // Till the new words are there the old ones stay: a page without words says nothing.
  const texts = await wordsIn(code).catch(() => null);
  tells.down(texts === null);
  if (texts === null || code !== wanted) return;
  language = code;
  store(localStorage, "language", code);
  words = sayer(texts, code);
  const at = scrollY;
  await show();
  document.querySelector(`[data-language="${code}"]`)?.focus({ preventScroll: true });
  scrollTo(0, at);
}

/** Asks for a key in a dialog of its own; what was on the page is shown anew with it. */
function askForKey(said = null) {
  const input = element("input", { id: "key", name: "key", type: "password", autocomplete: "off", "aria-describedby": "key-why", spellcheck: "false" });
  const dialog = element("dialog", { class: "ask", "aria-labelledby": "key-title" },
    element("form", { method: "dialog", on: { submit: () => use(input.value.trim() || null) } },
      element("h2", { id: "key-title", text: words(me.known ? "page.keyHeld" : "page.keyGive") }),
      typeof said === "string" && element("p", { class: "said", role: "alert", text: said }),
      me.known && element("p", { text: words("page.keyIs", { scope: me.scope.all ? words("page.keyAll") : me.scope.platform ?? me.scope.campaign, until: me.expiresAt ? formats(language).day(me.expiresAt) : "–" }) }),
      element("label", { for: "key", text: words("page.key") }), input,
      element("p", { class: "quiet", id: "key-why", text: words("page.keyWhy") }),
      element("p", { class: "buttons" },
        element("button", { type: "submit", class: "main", text: words("page.keyUse") }),
        me.known && element("button", { type: "button", text: words("page.keyDrop"), on: { click: () => { dialog.close(); use(null); } } }),
        element("button", { type: "button", text: words("page.close"), on: { click: () => dialog.close() } }))));
  dialog.addEventListener("close", () => {
    dialog.remove();
    // The button that opened it is another one where the head was drawn anew meanwhile.
    if (document.activeElement === document.body) document.querySelector("button.key")?.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function use(given) {
  keep(given);
  await start();
}

const pageOf = name => import(`./pages/${name}.js`);

function navigate(path, { replace = false } = {}) {
  if (path === location.pathname + location.search && !replace) return;
  history[replace ? "replaceState" : "pushState"](null, "", path);
  show({ moved: true });
}

/** Shows what the address names. @param moved The reader came from another page here: the page begins at its head. */
async function show({ moved = false } = {}) {
  const mine = ++shown;
  endPage();
  endPage = () => {};
  const root = element("div", { class: "page" });
  try {
    words ??= sayer(await wordsIn(language), language);
    const route = routeOf(location.pathname);
    if (route?.params.platform) rememberPlatform(route.params.platform);
    frame();
    notice();
    if (mine !== shown) return;
    if (route === null) {
      root.append(element("h1", { text: words("page.nowhere") }), element("p", {}, element("a", { href: "/", text: words("page.today") })));
      $("main").replaceChildren(root);
    } else {
      const { show: showPage } = await pageOf(route.page);
      if (mine !== shown) return;
      $("main").setAttribute("aria-busy", "true");
      // A page may fill itself bit by bit; until its first bit comes, it is said that it comes.
      $("main").replaceChildren(element("p", { class: "waiting quiet", text: words("page.loading") }), root);
      const end = await showPage(root, { words, language, format: formats(language), api: connection.api, watch: connection.watch, token, me, navigate, params: route.params, askForKey });
      if (mine !== shown) { end?.(); return; }
      endPage = end ?? endPage;
      $("main").replaceChildren(root);
    }
    document.title = [root.querySelector("h1")?.textContent, "Succesmeter"].filter(Boolean).join(" – ");
    if (moved) { scrollTo(0, 0); $("main").focus({ preventScroll: true }); }
  } catch (error) {
    if (mine !== shown) return;
    const isApi = error instanceof ApiError;
    if (!isApi) console.error(error);
    root.replaceChildren(sorry(error));
    $("main").replaceChildren(root);
    if (isApi && (error.status === 0 || error.status >= 500)) {
      const again = setTimeout(start, retryMilliseconds);
      endPage = () => clearTimeout(again);
    }
  } finally {
    if (mine === shown) $("main").removeAttribute("aria-busy");
  }
}

/** Instead of a blank page. Without words (the words themselves did not come) it is said in English. */
function sorry(error) {
  const say = (code, english) => words?.(code) ?? english;
  const missing = error instanceof ApiError && (error.status === 404 || error.status === 400);
  return element("section", { class: "sorry", "data-testid": "sorry" },
    element("h1", { text: missing ? say("page.nowhere", "Nothing is here.") : say("page.sorry", "This cannot be shown just now.") }),
    missing ? null : element("p", { text: say("page.down", "The server does not answer.") }),
    element("p", {}, element("button", { type: "button", class: "main", text: say("page.retry", "Try again"), on: { click: () => { start(); } } })));
}

function rememberPlatform(name) {
  if (platform === name) return;
  platform = name;
  store(localStorage, "platform", name);
}

/** The platform that the navigation leads to is the one looked at last; before any was, that of the first campaign there is. */
async function findPlatform() {
  if (platform !== null) return;
  const list = await connection.api("/api/campaigns?limit=1");
  isSought = true;
  if (list.items.length > 0) rememberPlatform(list.items[0].campaign.split("/")[0]);
  frame();
}

async function start() {
  connect();
  let valid = true;
  isUnknown = false;
  // Words, the page's module and the first answer come side by side, and what is there stands while the others are on their way.
  const answer = introduce().catch(() => { isUnknown = true; return true; /* The page says so: it asks, too. */ });
  const route = routeOf(location.pathname);
  if (route) pageOf(route.page).catch(() => {});
  try {
    words ??= sayer(await wordsIn(language), language);
    frame();
    notice();
    if (shown === 0) $("main").replaceChildren(element("p", { class: "waiting quiet", text: words("page.loading") }));
  } catch { /* Where the words do not come the page says so. */ }
  valid = await answer;
  // The links of earlier releases and of cards that others embedded: /#platform/campaign.
  const old = /^#([\w.~-]+\/[\w.~-]+)$/.exec(decodeURIComponent(location.hash));
  if (old) history.replaceState(null, "", `/campaigns/${old[1]}`);
  await show();
  if (!valid && words) askForKey(words("page.keyRefused"));
  findPlatform().catch(() => {});
}

// Chromium goes on behind main where main itself was led to by its address: the next stop would be the foot.
$("skip").addEventListener("click", event => {
  event.preventDefault();
  const head = $("main").querySelector("h1") ?? $("main");
  head.tabIndex = -1;
  head.focus();
});

document.addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || link.target || link.hasAttribute("download")) return;
  const to = new URL(link.href);
  if (to.origin !== location.origin || to.pathname.startsWith("/api/") || (to.hash && to.pathname === location.pathname)) return;
  event.preventDefault();
  navigate(to.pathname + to.search);
});
addEventListener("popstate", () => show({ moved: true }));
addEventListener("hashchange", () => { const given = tokenFromLink(); if (given) use(given); });

await start();
