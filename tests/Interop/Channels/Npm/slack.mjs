// Compiles blocks as Slack's own types see them. Reads one JSON array of messages on standard input.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const messages = JSON.parse(readFileSync(0, "utf8"));
const folder = mkdtempSync(join(import.meta.dirname, "compiled-"));
const file = join(folder, "blocks.ts");
try {
  const lines = messages.map((m, i) => `export const blocks${i}: KnownBlock[] = ${JSON.stringify(m.blocks)};`);
  writeFileSync(file, `import type { KnownBlock } from "@slack/types";\n${lines.join("\n")}\n`);
  const options = { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: [] };
  const program = ts.createProgram([file], options);
  const wrong = ts.getPreEmitDiagnostics(program).map((d) => ts.flattenDiagnosticMessageText(d.messageText, " "));
  console.log(wrong.length === 0 ? `${messages.length} compile` : wrong.slice(0, 10).join("\n"));
} finally {
  rmSync(folder, { recursive: true });
}
