// Parses and validates cards with Microsoft's own library. Reads one JSON array of calls on standard input.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { AdaptiveCard, SerializationContext, Versions } = createRequire(import.meta.url)("adaptivecards/dist/adaptivecards.js");
const calls = JSON.parse(readFileSync(0, "utf8"));
const wrong = [];
for (const call of calls) {
  const [attachment] = call.attachments;
  if (call.type !== "message" || attachment.contentType !== "application/vnd.microsoft.card.adaptive") wrong.push("no card");
  const card = new AdaptiveCard();
  const context = new SerializationContext(Versions.v1_4);
  card.parse(attachment.content, context);
  for (let i = 0; i < context.eventCount; i++) wrong.push(context.getEventAt(i).message);
  for (const event of card.validateProperties().validationEvents) wrong.push(event.message);
  if (card.getItemCount() === 0) wrong.push("nothing was read");
}
console.log(wrong.length === 0 ? `${calls.length} are valid` : [...new Set(wrong)].slice(0, 10).join("\n"));
