/** What a source file asks of others, and where (line numbers count from 1). */
export interface Scan {
  imports: ImportSite[];
  /** Lines that read the process environment. */
  environmentReads: number[];
  lineCount: number;
}

export interface ImportSite {
  specifier: string;
  line: number;
  /** `import type` and `export type` vanish in the build: they bind the reader, not the bundle. */
  typeOnly: boolean;
}

/**
 * Reads imports (static, re-export, dynamic, `require`, `import("x")` types) from TypeScript or JavaScript.
 * A scanner of our own, since TypeScript 7 offers its parser under an unstable name only: it blanks comments and the
 * insides of strings first, so that an import spoken of in a comment or a text is none.
 */
export function scanSource(text: string): Scan {
  const { code, strings } = maskText(text);
  const lineOf = lineFinder(text);
  const imports = IMPORT_FORMS.flatMap((form) =>
    [...code.matchAll(form.pattern)].flatMap((match): ImportSite[] => {
      const specifier = strings.get(match.index + match[0].length - 1);
      if (specifier === undefined) return [];
      return [{ specifier, line: lineOf(match.index), typeOnly: form.typeOnly(match[0]) }];
    }),
  );
  const reads = ENVIRONMENT_READS.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => lineOf(match.index)));
  const fromModule = imports.filter((site) => PROCESS_MODULES.has(site.specifier)).map((site) => site.line);
  return {
    imports: imports.sort((a, b) => a.line - b.line),
    environmentReads: [...new Set([...reads, ...fromModule])].sort((a, b) => a - b),
    lineCount: text.split("\n").length - (text.endsWith("\n") ? 1 : 0),
  };
}

/** Each pattern ends on the opening quote of the specifier, whose text is looked up in the mask. */
const IMPORT_FORMS: { pattern: RegExp; typeOnly: (match: string) => boolean }[] = [
  {
    pattern: /(?<![\w$.])(?:import|export)\s*(?:type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^{}]*\}|\*(?:\s*as\s+[\w$]+)?)?\s*from\s*["']/g,
    typeOnly: (match) => WHOLLY_TYPE.test(match) || NAMES_ALL_TYPE.test(match),
  },
  { pattern: /(?<![\w$.])import\s*["']/g, typeOnly: () => false },
  { pattern: /(?<![\w$.])(?:import|require)\s*\(\s*["'`]/g, typeOnly: () => false },
];

const WHOLLY_TYPE = /^\w+\s*type\b\s*(?!from\b)[\w${*]/;
const NAMES_ALL_TYPE = /^\w+\s*\{\s*(?:type\s[^,{}]*,?\s*)+\}\s*from\s*["']$/;

const ENVIRONMENT_READS = [
  /\bprocess\s*(?:\?\.|\.)\s*env\b/g,
  /\bprocess\s*(?:\?\.)?\s*\[/g,
  /\{[^{}]*\benv\b[^{}]*\}\s*=\s*process\b(?!\s*\.)/g,
];
const PROCESS_MODULES = new Set(["process", "node:process"]);

interface Mask {
  /** The text with comments, string and regular expression insides as spaces; same length, same line breaks. */
  code: string;
  /** Index of an opening quote to the text between the quotes. */
  strings: Map<number, string>;
}

const REGEX_MAY_FOLLOW = /(?:^|[(,=:[!&|?{;+\-*%~^<>]|\b(?:return|typeof|case|in|of|do|else|void|delete|await|yield))\s*$/;
const LOOK_BACK = 12;

function maskText(text: string): Mask {
  const out = text.split("");
  const strings = new Map<number, string>();
  const blank = (from: number, to: number) => {
    for (let index = from; index < to; index++) if (out[index] !== "\n") out[index] = " ";
  };
  /** Depths of `{` inside each open template, innermost last. */
  const templates: number[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at];
    const pair = text.slice(at, at + 2);
    if (pair === "//" || pair === "/*") {
      const end = pair === "//" ? orEnd(text.indexOf("\n", at), text) : orEnd(text.indexOf("*/", at + 2), text, 2);
      blank(at, end);
      at = end;
    } else if (char === '"' || char === "'") {
      at = maskQuoted(text, at, char, strings, blank);
    } else if (char === "`" || (char === "}" && templates.at(-1) === 0)) {
      at = maskTemplate(text, at, templates, strings, blank);
    } else if (char === "/" && pair !== "/>" && text[at - 1] !== "<" && REGEX_MAY_FOLLOW.test(tail(out, at))) {
      const end = regexEnd(text, at);
      blank(at + 1, end);
      at = Math.max(end, at + 1);
    } else {
      const depth = templates.at(-1);
      if (depth !== undefined && char === "{") templates[templates.length - 1] = depth + 1;
      if (depth !== undefined && char === "}") templates[templates.length - 1] = depth - 1;
      at += 1;
    }
  }
  return { code: out.join(""), strings };
}

const orEnd = (index: number, text: string, past = 0): number => (index < 0 ? text.length : index + past);

const tail = (out: string[], at: number): string => out.slice(Math.max(0, at - LOOK_BACK), at).join("");

type Blank = (from: number, to: number) => void;

/** A quote that its line does not close is an apostrophe in JSX text: it opens nothing. */
function maskQuoted(text: string, at: number, quote: string, strings: Map<number, string>, blank: Blank): number {
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === quote) {
      strings.set(at, text.slice(at + 1, end));
      blank(at + 1, end);
      return end + 1;
    }
  }
  return at + 1;
}

/** From a backtick, or from the brace that ends a substitution, to the next `${` or the closing backtick. */
function maskTemplate(text: string, at: number, templates: number[], strings: Map<number, string>, blank: Blank): number {
  const resumes = text[at] === "}";
  for (let end = at + 1; end < text.length; end++) {
    if (text[end] === "\\") end += 1;
    else if (text[end] === "`") {
      if (resumes) templates.pop();
      else strings.set(at, text.slice(at + 1, end));
      blank(at + 1, end);
      return end + 1;
    } else if (text[end] === "$" && text[end + 1] === "{") {
      if (!resumes) templates.push(0);
      blank(at + 1, end);
      return end + 2;
    }
  }
  if (resumes) templates.pop();
  return at + 1;
}

function regexEnd(text: string, at: number): number {
  let inClass = false;
  for (let end = at + 1; end < text.length && text[end] !== "\n"; end++) {
    const char = text[end];
    if (char === "\\") end += 1;
    else if (char === "[") inClass = true;
    else if (char === "]") inClass = false;
    else if (char === "/" && !inClass) return end;
  }
  return at;
}

function lineFinder(text: string): (index: number) => number {
  const starts = [0];
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) starts.push(index + 1);
  return (index) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}
