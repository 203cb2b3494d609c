// Posts usage events with unchanged clients, as a platform would: one CloudEvent in binary mode, one in structured
// mode, and two through the OpenMeter SDK. Arguments: service address, token, instance, meter, time (RFC 3339).
import { CloudEvent, HTTP } from "cloudevents";
import { OpenMeter } from "@openmeter/sdk";

const [address, token, subject, type, time] = process.argv.slice(2);

async function post(message) {
  const answer = await fetch(`${address}/api/v1/events`, {
    method: "POST",
    headers: { ...message.headers, authorization: `Bearer ${token}` },
    body: message.body,
  });
  if (!answer.ok) {
    throw new Error(`${answer.status} ${await answer.text()}`);
  }
}

const event = (id, value) =>
  new CloudEvent({ id, source: "cloudevents-sdk", type, subject, time, data: { value } });

await post(HTTP.binary(event("binary", 1)));
await post(HTTP.structured(event("structured", 20)));

const openmeter = new OpenMeter({ baseUrl: address, token });
const usage = (id, value) => ({ id, source: "openmeter-sdk", type, subject, time: new Date(time), data: { value } });
await openmeter.events.ingest(usage("one", 300));
await openmeter.events.ingest([usage("two", 4000), usage("two", 4000)]);
