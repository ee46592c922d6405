// Runs Azurite for the LocalHost and the tests:
//   node run.cjs <azurite's main file> <instance> <record file, or - when it lives no longer than its parent> <Azurite's own options>
// A long-lived one keeps a record of itself, so that the next host finds it if this host is killed.
'use strict';
const fs = require('node:fs');

const [main, instance, record] = process.argv.splice(2, 3);
const outlivesItsParent = record !== '-';
const listening = {};

if (outlivesItsParent) {
  keepRecord();
  process.on('exit', () => fs.rmSync(record, { force: true }));
} else {
  process.stdin.on('error', () => process.exit(0)).on('end', () => process.exit(0)).resume();
}

// Ctrl-C reaches every process of the terminal at once, but Azurite must outlast the host's draining, which ends with a SIGTERM.
const once = process.once;
process.once = function (event, ...rest) {
  return event === 'SIGINT' ? process : once.call(process, event, ...rest);
};
process.on('SIGINT', () => {}).on('SIGHUP', () => {});

console.log = function (line) {
  const address = /^Azurite (\w+) service is successfully listening at (\S+)/.exec(line);
  if (!address) return;
  listening[address[1].toLowerCase()] = Number(new URL(address[2]).port);
  if (Object.keys(listening).length < 3) return;
  if (outlivesItsParent) keepRecord();
  process.stdout.write(JSON.stringify(listening) + '\n');
};

require(main);

function keepRecord() {
  const startedAt = new Date(Date.now() - process.uptime() * 1000).toISOString();
  const draft = `${record}.${process.pid}`;
  fs.writeFileSync(draft, JSON.stringify({ processId: process.pid, instance, startedAt, ...listening }) + '\n');
  fs.renameSync(draft, record);
}
