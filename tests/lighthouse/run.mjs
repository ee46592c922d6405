// node tests/lighthouse/run.mjs http://127.0.0.1:7171 [runs]: measures the pages of a running host with Lighthouse, on a phone and on a desk, and prints the medians.
// Lighthouse comes from npm by the lockfile beside this file, once, into node_modules; CHROMIUM names the browser.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { existsSync } from "node:fs";
import { loadavg } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [host, runs = "3"] = process.argv.slice(2);
if (!host) { console.error("Which host? node tests/lighthouse/run.mjs http://127.0.0.1:7071 [runs]"); process.exit(2); }
if (!existsSync(join(here, "node_modules/lighthouse"))) {
  // One string for the shell, which Windows needs to find npm.cmd; nothing in it comes from outside.
  const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund --loglevel=error", { cwd: here, shell: true, stdio: ["ignore", "ignore", "inherit"] });
  if (npm.status !== 0) process.exit(1);
}

const { default: lighthouse, desktopConfig } = await import("lighthouse");
const { launch } = await import("chrome-launcher");
const categories = ["performance", "accessibility", "best-practices"];
const wanted = { score: 0.95, paintMilliseconds: 1500, bytes: 200_000 };

/** The campaign with the fullest page: a live one with most backers. */
const list = await (await fetch(`${host}/api/campaigns?state=live&sort=-backers&limit=1`)).json();
const { campaign } = list.items[0];
const pages = { today: "/", campaign: `/campaigns/${campaign}`, report: `/platforms/${campaign.split("/")[0]}`, method: "/method" };
const median = values => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];

let missed = 0;
console.log(`Lighthouse ${createRequire(import.meta.url)("lighthouse/package.json").version}, median of ${runs}; load ${loadavg()[0].toFixed(1)} before`);
console.log("page      form     performance  accessibility  best practices  largest paint  layout shift  blocked  transferred");
const chrome = await launch({ chromePath: process.env.CHROMIUM ?? "/usr/bin/chromium", chromeFlags: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"] });
try {
  for (const [name, path] of Object.entries(pages)) {
    for (const [form, config] of [["mobile", undefined], ["desktop", desktopConfig]]) {
      const found = [];
      for (let run = 0; run < Number(runs); run++) {
        const { lhr } = await lighthouse(`${host}${path}`, { port: chrome.port, onlyCategories: categories, logLevel: "error" }, config);
        found.push({
          ...Object.fromEntries(categories.map(code => [code, lhr.categories[code].score])),
          paint: lhr.audits["largest-contentful-paint"].numericValue, shift: lhr.audits["cumulative-layout-shift"].numericValue, blocked: lhr.audits["total-blocking-time"].numericValue, bytes: lhr.audits["total-byte-weight"].numericValue,
          failed: categories.flatMap(code => lhr.categories[code].auditRefs).filter(ref => ref.weight > 0 && lhr.audits[ref.id].score !== null && lhr.audits[ref.id].score < 0.9).map(ref => ref.id),
        });
      }
      const at = key => median(found.map(one => one[key]));
      const isGood = categories.every(code => at(code) >= wanted.score) && at("paint") <= wanted.paintMilliseconds && at("bytes") <= wanted.bytes;
      if (!isGood) missed++;
      console.log([name.padEnd(9), form.padEnd(8), ...categories.map((code, index) => String(Math.round(100 * at(code))).padEnd([12, 14, 15][index])), `${(at("paint") / 1000).toFixed(2)} s`.padEnd(14), at("shift").toFixed(3).padEnd(13), `${Math.round(at("blocked"))} ms`.padEnd(8), `${(at("bytes") / 1000).toFixed(0)} kB`, isGood ? "" : `  below: ${[...new Set(found.flatMap(one => one.failed))].join(", ")}`].join(" "));
    }
  }
} finally {
  chrome.kill();
}
console.log(`load ${loadavg()[0].toFixed(1)} after`);
process.exit(missed === 0 ? 0 : 1);
