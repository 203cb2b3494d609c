// Reads meters, usage and events with unchanged OpenMeter clients of two generations, and prints what both say as JSON.
// Arguments: service address, token, instance, meter, from, to (RFC 3339).
import { OpenMeter as Beta185 } from "@openmeter/sdk";
import { OpenMeter as Beta232 } from "openmeter-sdk-232";

const [address, token, subject, meter, from, to] = process.argv.slice(2);

async function read(client) {
  const period = { from: new Date(from), to: new Date(to) };
  const events = await client.events.list({ limit: 100, subject });
  const refusal = await client.meters.query("no-such-meter", period).catch((e) => e.statusCode ?? e.status);
  return {
    meters: (await client.meters.list()).filter((each) => each.slug === meter),
    meter: await client.meters.get(meter),
    total: await client.meters.query(meter, { ...period, subject: [subject] }),
    hours: await client.meters.query(meter, { ...period, windowSize: "HOUR", groupBy: ["subject"] }),
    all: await client.meters.query(meter, { ...period }),
    events: events.map((each) => `${each.event.source} ${each.event.id} ${each.event.data.value}`),
    latest: (await client.events.list({ limit: 1 })).length,
    refusal,
  };
}

const answers = {
  beta185: await read(new Beta185({ baseUrl: address, token })),
  beta232: await read(new Beta232({ baseUrl: address, apiKey: token })),
};
process.stdout.write(JSON.stringify(answers));
