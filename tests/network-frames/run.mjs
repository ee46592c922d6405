// node tests/network-frames/run.mjs [campaigns] [links]: bundles the map with a made-up network, draws it in headless Chromium, prints what it measured.
// Packages are those that a build of Succesmeter.Functions has put into obj/web-packages; CHROMIUM names the browser.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const patienceMilliseconds = 180_000;
const here = dirname(fileURLToPath(import.meta.url));
const packages = resolve(here, "../../src/Succesmeter.Functions/obj/web-packages");
const [campaigns = "2000", links = "20000"] = process.argv.slice(2);
const esbuild = createRequire(join(packages, "package.json"))("esbuild");
const script = await esbuild.build({ entryPoints: [join(here, "page.js")], bundle: true, minify: true, format: "esm", write: false, nodePaths: [join(packages, "node_modules")], logLevel: "warning" });
const profile = mkdtempSync(join(tmpdir(), "network-frames-"));
let browser;
const server = createServer((request, response) => {
  if (request.url === "/page.js") return response.writeHead(200, { "Content-Type": "text/javascript" }).end(script.outputFiles[0].text);
  if (request.url !== "/result") return response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html><style>body{margin:0}div{width:1100px;height:640px;position:relative}</style><div></div><script type="module" src="/page.js"></script>`);
  let body = "";
  request.on("data", part => { body += part; }).on("end", () => { response.end(); console.log(JSON.stringify(JSON.parse(body), null, 2)); end(0); });
}).listen(0, "127.0.0.1", () => {
  browser = spawn(process.env.CHROMIUM ?? "chromium", ["--headless=new", "--no-sandbox", "--no-first-run", "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows", "--disable-renderer-backgrounding", "--disable-dev-shm-usage", "--enable-unsafe-swiftshader", "--window-size=1280,800", `--user-data-dir=${profile}`, `http://127.0.0.1:${server.address().port}/?campaigns=${campaigns}&links=${links}`], { stdio: "ignore" });
  browser.on("error", error => { console.error(error.message); end(1); });
});
const patience = setTimeout(() => { console.error(`No answer within ${patienceMilliseconds / 1000} s.`); end(1); }, patienceMilliseconds);

function end(code) {
  clearTimeout(patience);
  // Its children outlive the browser by a moment and write into the profile till then.
  const leave = () => { rmSync(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }); process.exit(code); };
  if (!browser || browser.exitCode !== null) return leave();
  browser.once("exit", leave);
  browser.kill();
}
