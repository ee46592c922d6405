// A history of 24,000 entries, read by the web application's own module: node ListTests.mjs PATH-OF-LISTS.JS. ListTests.cs runs it.
import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";

const { all, historyOf } = await import(pathToFileURL(process.argv[2]));
const perPage = 500;
const minute = 60_000;

/** On the first day four a minute, then one in ten minutes; each hundredth a tick, each thousandth set aside. */
const entries = [];
let at = Date.UTC(2026, 0, 5, 9);
const happen = count => {
  for (let i = 0; i < count; i++, at += entries.length < 4000 ? minute / 4 : 10 * minute)
    entries.push({ at: new Date(at).toISOString(), pledged: entries.length % 100 === 99 ? null : entries.length, setAside: entries.length % 1000 === 500 ? "odd" : null });
};
happen(24_000);

const asked = [];
let refusals = 1;
const api = async path => {
  asked.push(path);
  if (asked.length === 3 && refusals-- > 0) throw Object.assign(new Error("too often"), { status: 429, wait: 0.001 });
  const from = Number(new URLSearchParams(path.split("?")[1]).get("continuation") ?? 0);
  return { items: entries.slice(from, from + perPage), continuation: from + perPage < entries.length ? String(from + perPage) : null };
};
const forgotten = [];
api.forget = path => forgotten.push(path);

const lastsOfDays = points => [...new Map(points.filter(one => one.pledged !== null && !one.setAside).map(one => [new Date(one.at).toDateString(), one.pledged])).values()];
const holds = points => {
  assert.equal(points[0], entries[0]);
  assert.equal(points.at(-1), entries.at(-1));
  assert.ok(points.length <= 2000 && points.length > 600, `${points.length} points`);
  assert.deepEqual(lastsOfDays(points), lastsOfDays(entries));
  assert.ok(points.every((one, index) => index === 0 || one.at > points[index - 1].at), "in order");
  assert.ok(points.every(one => !one.setAside), "without what was set aside");
  assert.ok(points.some(one => one.pledged === null), "ticks too");
};

const history = historyOf(api, "a/b");
holds(await history());
assert.equal(asked.length, entries.length / perPage + 1, "each page once, and one again after a refusal");
assert.equal(forgotten.length, entries.length / perPage - 1, "pages that are not asked for again are not kept");

// News: the last page again, and what came after it.
happen(700);
asked.length = 0;
holds(await history());
assert.equal(asked.length, 3);

// A short one is left as it is.
entries.length = 1500;
assert.equal((await historyOf(api, "a/b")()).length, 1500 - 1);
assert.equal((await all(api, "/api/campaigns?limit=500")).length, 1500);
assert.ok(asked.at(-1).startsWith("/api/campaigns?limit=500&continuation="));
