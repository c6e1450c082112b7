//! The little of Markdown that the model cards use, as blocks of text: nothing in it becomes markup.

export interface Span {
  text: string;
  bold?: boolean;
  code?: boolean;
}

export type Block =
  | { kind: "heading"; level: number; spans: Span[] }
  | { kind: "text"; spans: Span[] }
  | { kind: "list"; items: Span[][] }
  | { kind: "table"; head: Span[][]; rows: Span[][][] };

/** Bold, code and the words of links. */
export function spans(text: string): Span[] {
  const found: Span[] = [];
  const plain = text.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
  for (const part of plain.split(/(\*\*[^*]+\*\*|`[^`]+`|\*[^*\s][^*]*\*)/)) {
    if (part === "") continue;
    if (part.startsWith("**")) found.push({ text: part.slice(2, -2), bold: true });
    else if (part.startsWith("`")) found.push({ text: part.slice(1, -1), code: true });
    else if (/^\*[^*]+\*$/.test(part)) found.push({ text: part.slice(1, -1), bold: true });
    else found.push({ text: part });
  }
  return found;
}

const cells = (line: string) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => spans(cell.trim()));
const starts = (line: string) => /^(#{1,6} |- |\|)/.test(line) || line.trim() === "";

/** The blocks of a card. */
export function blocks(text: string): Block[] {
  const lines = text.split("\n");
  const found: Block[] = [];
  let at = 0;
  /** A line with those that go on with it. */
  const paragraph = (first: string) => {
    let whole = first;
    while (at < lines.length && !starts(lines[at]!)) whole += ` ${lines[at++]!.trim()}`;
    return whole;
  };
  while (at < lines.length) {
    const line = lines[at++]!;
    const heading = /^(#{1,6}) (.*)/.exec(line);
    if (heading) found.push({ kind: "heading", level: heading[1]!.length, spans: spans(heading[2]!) });
    else if (line.startsWith("- ")) {
      const items = [spans(paragraph(line.slice(2)))];
      while (lines[at]?.startsWith("- ")) items.push(spans(paragraph(lines[at++]!.slice(2))));
      found.push({ kind: "list", items });
    } else if (line.startsWith("|")) {
      const table = [line];
      while (lines[at]?.startsWith("|")) table.push(lines[at++]!);
      const body = table.filter((_, n) => n !== 1).map(cells);
      found.push({ kind: "table", head: body[0]!, rows: body.slice(1) });
    } else if (line.trim() !== "") found.push({ kind: "text", spans: spans(paragraph(line)) });
  }
  return found;
}
