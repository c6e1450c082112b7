import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";
import { catalogues, offlineShell, precompressed } from "./scripts/plugins.ts";

const server = process.env.VIGIE_SERVER ?? "http://127.0.0.1:8430";

export default defineConfig({
  plugins: [catalogues(), svelte(), offlineShell(), precompressed()],
  server: {
    fs: { allow: [".."] },
    proxy: { "/api": server, "/enter": server, "/healthz": server },
  },
  build: {
    target: "es2022",
    // The server's content policy allows no `data:` address and no inline script.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: { index: "index.html", sw: "src/sw.ts" },
      output: {
        // Few, well-compressed files: on a slow link each one costs a round trip.
        codeSplitting: {
          groups: [
            { name: "base", test: /node_modules.(svelte|esm-env|clsx|@fluent)|preload-helper|src.(api.client|lib.(words|faults|time)|state.(link|session|clock|theme|unsent)|parts.(LinkStatus|Preferences))/ },
            { name: "outbox", test: /node_modules.idb|src.lib.outbox/ },
            // What only forms and further screens use comes with the first of them.
            { name: "more", test: /src.(lib.(typed|vocabulary|duty|proof|markdown|spoken)|state.functions)/ },
            { name: "desk", test: /node_modules.eventsource-parser|src.(Desk|api|lib|state|parts.(Bar|Toasts|ActButtons|ClockLine|Original|SignalItem|StateMark))/ },
          ],
        },
        entryFileNames: (chunk) => (chunk.name === "sw" ? "sw.js" : "assets/[name]-[hash].js"),
      },
    },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
