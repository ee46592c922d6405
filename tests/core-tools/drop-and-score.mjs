#!/usr/bin/env node
// tests/core-tools/drop-and-score.mjs HOST CONNECTION-STRING [SECONDS]: drops a file into the container incoming of a running host's storage,
// as anybody with a storage tool would, and waits until the score of what stood in it is served.
// The host must let everybody read scores (Access:PublicScores). The campaign is new each time, so that no score of before can pass for its own.
import { setTimeout } from "node:timers/promises";
import { BlobServiceClient } from "@azure/storage-blob";

const [host, connection, seconds = "120"] = process.argv.slice(2);
if (!host || !connection) { console.error("Which host, and which storage? tests/core-tools/drop-and-score.mjs http://127.0.0.1:7071 UseDevelopmentStorage=true"); process.exit(2); }

const began = Date.now();
const campaign = `dropped-${began.toString(36)}`;
/** A campaign that is a third of its way through, day by day: enough for a curve and for a forecast. */
const snapshots = Array.from({ length: 10 }, (_, day) => ({
  schema: "succesmeter/snapshot/1",
  platform: "core-tools",
  campaign,
  takenAt: new Date(Date.UTC(2026, 3, 21 + day, 12)).toISOString(),
  state: "live",
  title: "Dropped by a test",
  currency: "EUR",
  goal: 7500,
  funding: "all-or-nothing",
  launchedAt: "2026-04-20T08:00:00Z",
  endsAt: "2026-05-20T22:00:00Z",
  pledged: 250 * (day + 1),
  backers: 8 * (day + 1),
}));

const incoming = BlobServiceClient.fromConnectionString(connection).getContainerClient("incoming");
const file = snapshots.map(snapshot => JSON.stringify(snapshot)).join("\n");
await incoming.getBlockBlobClient(`${campaign}.ndjson`).upload(file, Buffer.byteLength(file), { blobHTTPHeaders: { blobContentType: "application/x-ndjson" } });

/** The newest snapshot's instant: a score of an earlier one may be served first. */
const asOf = Date.parse(snapshots.at(-1).takenAt);
let last = "nothing";
while (Date.now() - began < Number(seconds) * 1000) {
  const answer = await fetch(`${host}/api/campaigns/core-tools/${campaign}/score`).catch(failure => ({ status: failure.message, text: async () => "" }));
  last = `${answer.status} ${await answer.text()}`;
  if (answer.status === 200) {
    const score = JSON.parse(last.slice(4));
    if (Date.parse(score.asOf) === asOf) {
      const { probability } = score.financial;
      if (score.campaign !== `core-tools/${campaign}` || !(probability > 0 && probability < 1) || score.social.indicators.length !== 10) {
        console.error(`This is no score of ${campaign}: ${last}`);
        process.exit(1);
      }
      console.log(`${campaign} was scored ${((Date.now() - began) / 1000).toFixed(1)} s after it was dropped: ${probability} as of ${score.asOf}`);
      process.exit(0);
    }
  }
  await setTimeout(500);
}

console.error(`${campaign} had no score within ${seconds} s. The last answer: ${last}`);
process.exit(1);
