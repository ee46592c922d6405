#!/usr/bin/env node
// .ci/coverage.mjs FOLDER: how much of src/ the tests run, as a table in Markdown, from all the cobertura files in the folder.
// Every test project writes one that knows only what it ran: a line counts once, and as covered if any of them ran it.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = process.argv[2];
if (!folder) { console.error("Which folder? .ci/coverage.mjs artifacts/coverage"); process.exit(2); }

const files = readdirSync(folder, { recursive: true }).filter(name => name.endsWith(".cobertura.xml"));
if (files.length === 0) { console.error(`No cobertura file is in ${folder}: was dotnet test told to --collect "XPlat Code Coverage"?`); process.exit(1); }

/** Project to its lines, "file:line" to whether it ran. */
const projects = new Map();
for (const file of files) {
  let source = null;
  for (const [, filename, line, hits] of readFileSync(join(folder, file), "utf8").matchAll(/<class [^>]*filename="([^"]+)"|<line number="(\d+)" hits="(\d+)"/g)) {
    if (filename) { source = /(?:^|[\\/])(?:src[\\/])?(Succesmeter[^\\/]*)[\\/](?!obj[\\/])(.+)$/.exec(filename); continue; }
    // What a generator wrote is nobody's to test.
    if (!source || source[1].endsWith("Tests") || /\.g\.cs$/.test(source[2])) continue;
    const lines = projects.get(source[1]) ?? projects.set(source[1], new Map()).get(source[1]);
    const key = `${source[2]}:${line}`;
    lines.set(key, lines.get(key) || Number(hits) > 0);
  }
}

const row = (name, lines) => {
  const covered = lines.filter(Boolean).length;
  return `| ${name} | ${covered} | ${lines.length} | ${(100 * covered / lines.length).toFixed(1)} % |`;
};
const names = [...projects.keys()].sort();
console.log("| project | lines that a test ran | lines | share |\n|---|---:|---:|---:|");
for (const name of names) console.log(row(name, [...projects.get(name).values()]));
console.log(row("**all**", names.flatMap(name => [...projects.get(name).values()])));
