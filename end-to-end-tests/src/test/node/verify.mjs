// Verifies a webhook as its receiver would: with the published library, and the asymmetric signature with Node's own
// cryptography. Arguments: secret, public key, headers (JSON), body. Prints the type of the message.
import { createPublicKey, verify } from "node:crypto";
import { Webhook } from "standardwebhooks";

const [secret, publicKey, headersText, body] = process.argv.slice(2);
const headers = JSON.parse(headersText);
const message = new Webhook(secret).verify(body, headers);

const key = createPublicKey({
  format: "jwk",
  key: { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey.replace("whpk_", ""), "base64").toString("base64url") },
});
const signed = Buffer.from(`${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`);
const signatures = headers["webhook-signature"].split(" ").filter((each) => each.startsWith("v1a,"));
if (!signatures.some((each) => verify(null, signed, key, Buffer.from(each.slice(4), "base64")))) {
  throw new Error("no asymmetric signature is right");
}

let forged = true;
try {
  new Webhook(secret).verify(body + " ", headers);
} catch {
  forged = false;
}
if (forged) {
  throw new Error("a changed body was accepted");
}
process.stdout.write(message.type);
