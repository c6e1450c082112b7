//! Cuts the text of a mandate into its numbered paragraphs, as resolutions are printed: `36.`, `(a)`, `(i)`.

export interface Paragraph {
  number: string;
  text: string;
}

const ROMAN = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv"];
const WHOLE = /^(\d{1,3})\s*[.)]\s+(.*)$/;
const PART = /^\(?([a-z]{1,5})\)\s+(.*)$/;
/** What stands before the first number, one a paragraph. */
const PREAMBLE = "PP";

/** The level that `(x)` opens after `path`: 1 for a letter, 2 for a Roman number under a letter; 0 where it is neither. */
function levelOf(mark: string, path: string[]): 0 | 1 | 2 {
  const [, letter, roman] = path;
  const next = letter?.length === 1 ? String.fromCharCode(letter.charCodeAt(0) + 1) : "a";
  if (letter && mark === ROMAN[roman ? ROMAN.indexOf(roman) + 1 : 0] && !(mark === next && !roman)) return 2;
  return /^[a-z]$/.test(mark) ? 1 : 0;
}

const nameOf = (path: string[]) => path.map((part, at) => (at === 0 ? part : `(${part})`)).join(" ");

/** The paragraphs of `text`. A line that opens none goes on with the one before. */
export function paragraphsOf(text: string): Paragraph[] {
  const found: Paragraph[] = [];
  let path: string[] = [];
  let fresh = true;
  const open = (to: string[], words: string) => {
    path = to;
    found.push({ number: nameOf(to), text: words.trim() });
  };
  for (const line of text.replace(/\r\n?/g, "\n").split("\n").map((each) => each.trim())) {
    const whole = WHOLE.exec(line);
    const part = path.length > 0 ? PART.exec(line) : null;
    const level = part ? levelOf(part[1] ?? "", path) : 0;
    if (line === "") fresh = true;
    else if (whole) open([whole[1] ?? ""], whole[2] ?? "");
    else if (part && level > 0) open([...path.slice(0, level), part[1] ?? ""], part[2] ?? "");
    else if (path.length === 0 && fresh) found.push({ number: `${PREAMBLE} ${found.length + 1}`, text: line });
    else {
      const last = found.at(-1);
      if (last) last.text = `${last.text} ${line}`.trim();
    }
    if (line !== "") fresh = false;
  }
  return found.filter((one) => one.text !== "");
}
