// Bundles the web application: node build.mjs SOURCES PACKAGES OUT. Run by Succesmeter.Functions.csproj; by hand it works the same.
// Packages come into a folder of the build's own, by `npm ci`, only when the lockfile is another than the one they came from.
import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";

const [sources, packages, out] = process.argv.slice(2).map(path => resolve(path));
const oldestNode = 20;
const lockPatienceMilliseconds = 5 * 60_000;
const stop = why => { console.error(`web application: error WEB0001: ${why}`); process.exit(1); };

if (!out) stop("build.mjs takes three folders: sources, packages, out");
if (Number(process.versions.node.split(".")[0]) < oldestNode) stop(`Node.js ${process.version} is too old: the web application is bundled by Node ${oldestNode} or newer`);

// Builds of one solution may come here at the same moment; a folder is made by one of them only. A build that was killed leaves its folder, which then grows old.
mkdirSync(packages, { recursive: true });
mkdirSync(dirname(out), { recursive: true });
const lock = join(packages, "in-use");
for (const began = Date.now(); ;) {
  try { mkdirSync(lock); break; } catch (error) { if (error.code !== "EEXIST") throw error; }
  const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
  if (since !== undefined && Date.now() - since > lockPatienceMilliseconds) rmSync(lock, { recursive: true, force: true });
  if (Date.now() - began > 2 * lockPatienceMilliseconds) stop(`${lock} is there and nobody takes it away; delete it`);
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
}
process.on("exit", () => rmSync(lock, { recursive: true, force: true }));

const wanted = createHash("sha256").update(readFileSync(join(sources, "package-lock.json"))).update(readFileSync(join(sources, "package.json"))).digest("hex");
const stamp = join(packages, "installed.txt");
if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  rmSync(stamp, { force: true });
  for (const file of ["package.json", "package-lock.json"]) cpSync(join(sources, file), join(packages, file));
  // One string for the shell, which Windows needs to find npm.cmd; nothing in it comes from outside.
  const npm = spawnSync("npm ci --ignore-scripts --no-audit --no-fund", { cwd: packages, shell: true, encoding: "utf8" });
  if (npm.status !== 0) stop(`npm ci failed (it needs the npm registry, once): ${`${npm.stdout ?? ""}${npm.stderr ?? ""}`.trim().split("\n").slice(-6).join(" | ")}`);
  writeFileSync(stamp, wanted);
}

const esbuild = createRequire(join(packages, "package.json"))("esbuild");
const made = `${out}.${process.pid}`;
rmSync(made, { recursive: true, force: true });
cpSync(join(sources, "files"), made, { recursive: true });

// Figures and the model's card are shown as the programs wrote them: read here, from their files, and typed nowhere.
const written = {
  name: "written",
  setup(build) {
    build.onLoad({ filter: /\.jsonl$/ }, ({ path }) => ({
      loader: "json", watchFiles: [path],
      contents: JSON.stringify(readFileSync(path, "utf8").trim().split("\n").map(line => JSON.parse(line)).map(({ dataset, cut, instant, n, brierSkill, ece, coverage80, difference, reliability }) => (
        { dataset, cut, instant, n, brierSkill, ece, coverage80, difference: difference.brierSkill, reliability }))),
    }));
    build.onLoad({ filter: /serving\.md$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      const version = /^# Model `serving`, version `(\w+)`/.exec(text)?.[1];
      const trees = Number(/\*\*Form\*\*: (\d+) boosted trees/.exec(text)?.[1]);
      const trainedOn = [...text.matchAll(/^\| ([\w-]+) \| (\d+) \| ([\d.]+) % \|$/gm)].map(([, dataset, campaigns, reached]) => ({ dataset, campaigns: Number(campaigns), reached: Number(reached) / 100 }));
      if (!version || !trees || trainedOn.length === 0) return { errors: [{ text: `${path} is not the card that train writes: no version, trees or data sets were found` }] };
      return { loader: "json", contents: JSON.stringify({ version, trees, trainedOn }), watchFiles: [path] };
    });
  },
};

const styles = readdirSync(join(sources, "app/styles")).filter(name => name.endsWith(".css")).sort();
const common = {
  absWorkingDir: sources, bundle: true, minify: true, metafile: true, outdir: join(made, "assets"), nodePaths: [join(packages, "node_modules")],
  target: ["es2022", "chrome109", "firefox110", "safari16.4"], logLevel: "warning", charset: "utf8", legalComments: "eof",
};
const [script, style] = await Promise.all([
  esbuild.build({ ...common, entryPoints: ["app/main.js"], plugins: [written], format: "esm", splitting: true, entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]" }),
  // Each file of styles/ counts, by name, so that a page brings its own.
  esbuild.build({ ...common, stdin: { contents: styles.map(name => `@import "./app/styles/${name}";`).join("\n"), resolveDir: sources, loader: "css", sourcefile: "style.css" }, entryNames: "style-[hash]" }),
]).catch(() => process.exit(1));

const named = (result, is) => Object.entries(result.metafile.outputs).find(([, output]) => is(output))?.[0];
const address = path => `/assets/${basename(path)}`;
const entry = named(script, output => output.entryPoint === "app/main.js");
// What the first page needs is asked for beside the entry, not after it.
const first = new Set(script.metafile.outputs[entry].imports.filter(one => one.kind === "import-statement").map(one => one.path));
const today = named(script, output => output.entryPoint === "app/pages/today.js");
if (today) for (const path of [today, ...script.metafile.outputs[today].imports.filter(one => one.kind === "import-statement").map(one => one.path)]) first.add(path);
first.delete(entry);
writeFileSync(join(made, "index.html"), readFileSync(join(sources, "app/index.html"), "utf8")
  .replace("{{style}}", address(named(style, () => true)))
  .replace("{{script}}", address(entry))
  .replace("{{preload}}", [...first].map(path => `<link rel="modulepreload" href="${address(path)}">`).join("\n  ")));

rmSync(out, { recursive: true, force: true });
renameSync(made, out);
