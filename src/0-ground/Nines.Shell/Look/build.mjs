// Bundles the script and takes the two fonts out of their packages into the folder named on the
// command line. Runs inside the .NET build; the build goes on without its output (pages work without script).
import { build } from "esbuild";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";

const out = process.argv[2];
if (!out) {
  console.error("usage: node build.mjs OUTPUT-FOLDER");
  process.exit(2);
}
mkdirSync(out, { recursive: true });

await build({
  entryPoints: ["script/main.ts"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  // htmx can evaluate strings; the page's content policy and its own setting forbid it.
  logOverride: { "direct-eval": "silent" },
  outfile: join(out, "nines.js"),
});

// The service worker is a script of its own: it lives on when no page is open.
await build({ entryPoints: ["script/worker.ts"], bundle: true, minify: true, format: "iife", target: "es2022", legalComments: "none", outfile: join(out, "worker.js") });

for (const family of ["next", "mono"]) {
  const name = `atkinson-hyperlegible-${family}`;
  copyFileSync(
    join("node_modules", "@fontsource-variable", name, "files", `${name}-latin-wght-normal.woff2`),
    join(out, `${family}.woff2`),
  );
}
