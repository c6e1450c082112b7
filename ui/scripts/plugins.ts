//! Build steps of our own: word catalogues as modules, the list of shell files, compressed twins.

import { readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { FluentResource } from "@fluent/bundle";
import type { Plugin } from "vite";

type Pattern = NonNullable<FluentResource["body"][number]["value"]>;

/** What each of the screens' catalogues borrows from the house's: the words of the model, and why a narrative stands where it does. */
const BORROWED: Record<string, { file: string; wanted: RegExp }[]> = {
  "ui.ftl": [],
  "ui-desk.ftl": [
    { file: "common.ftl", wanted: /^(role|kind|decision|trick|basis|language)-/ },
    { file: "desk.ftl", wanted: /^attention-/ },
  ],
  "ui-found.ftl": [
    { file: "common.ftl", wanted: /^(finding|shared|suggested)-/ },
    { file: "text.ftl", wanted: /^why-(together|topic|answer|near-example|words|lexicon|quotes|denounces|not-assessed)/ },
  ],
  "ui-loop.ftl": [
    { file: "common.ftl", wanted: /^((channel|delivery|fact-state|form|language|option|question-state|stage|verdict)-|reply-(discreet|stop)$)/ },
  ],
  "ui-keep.ftl": [],
  "ui-share.ftl": [{ file: "common.ftl", wanted: /^(share-form|share-accounts|tlp)-/ }],
  "ui-plan.ftl": [{ file: "common.ftl", wanted: /^standing-/ }],
  "ui-after.ftl": [{ file: "common.ftl", wanted: /^(told|via)-/ }],
  "ui-more.ftl": [{ file: "common.ftl", wanted: /^(affiliation|component|compartment|level|connector|reading)-/ }],
  "ui-watch.ftl": [
    { file: "common.ftl", wanted: /^(truth|class|harm|reliability|credibility|via|warning|precision|time-precision|component|compartment|record|duty|stage|fact-state|question-state)-/ },
  ],
};

/** A message as the browser gets it: parsed here, so that no parser travels. */
export type Message = [id: string, pattern: Pattern];

/** The messages of one of the screens' catalogues, with those that it borrows. */
export function wordsOf(catalogue: string): Message[] {
  const read = (file: string) =>
    new FluentResource(readFileSync(join(dirname(catalogue), file), "utf8")).body.flatMap((message): Message[] =>
      "value" in message && message.value !== null ? [[message.id, message.value]] : [],
    );
  const borrowed = (BORROWED[basename(catalogue)] ?? []).flatMap(({ file, wanted }) =>
    read(file).filter(([id]) => wanted.test(id)),
  );
  return [...borrowed, ...read(basename(catalogue))];
}

/** Serves a catalogue of the screens as a module holding its messages. */
export function catalogues(): Plugin {
  return {
    name: "vigie-catalogues",
    enforce: "pre",
    load(id) {
      const borrowed = BORROWED[basename(id)];
      if (!borrowed) return null;
      for (const file of [basename(id), ...borrowed.map((each) => each.file)]) this.addWatchFile(join(dirname(id), file));
      return { code: `export default ${JSON.stringify(wordsOf(id))};`, map: null };
    },
  };
}

/** Tells the service worker which files make up the shell, and names its cache after them. */
export function offlineShell(): Plugin {
  return {
    name: "vigie-offline-shell",
    apply: "build",
    generateBundle(_, bundle) {
      const worker = bundle["sw.js"];
      if (worker?.type !== "chunk") throw new Error("the build made no sw.js");
      const files = Object.keys(bundle).filter((name) => /^assets\/.*\.(js|css)$/.test(name));
      const shell = files.map((name) => `/${name}`).sort();
      worker.code = worker.code.replaceAll("__SHELL_FILES__", JSON.stringify(shell));
    },
  };
}

function* walk(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* walk(path);
    else yield path;
  }
}

/** Writes a brotli twin (`.br`) beside each file that gains from it. */
export function precompressed(): Plugin {
  let folder = "dist";
  return {
    name: "vigie-precompressed",
    apply: "build",
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    closeBundle() {
      for (const path of walk(folder)) {
        if (!/\.(js|css|html|svg|webmanifest)$/.test(path)) continue;
        const plain = readFileSync(path);
        const packed = brotliCompressSync(plain, {
          params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
        });
        if (packed.length < plain.length) writeFileSync(`${path}.br`, packed);
      }
    },
  };
}
