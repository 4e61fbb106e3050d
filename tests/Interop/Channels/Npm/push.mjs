// Decrypts a push as a browser does, with Mozilla's library. Reads {body, privateKey, publicKey, auth} (base64url) on standard input.
import { createECDH } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const ece = createRequire(import.meta.url)("http_ece");
const { body, privateKey, auth } = JSON.parse(readFileSync(0, "utf8"));
const key = createECDH("prime256v1");
key.setPrivateKey(Buffer.from(privateKey, "base64url"));
process.stdout.write(ece.decrypt(Buffer.from(body, "base64url"), { version: "aes128gcm", privateKey: key, authSecret: auth }));
