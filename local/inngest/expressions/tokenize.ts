import { ExpressionError } from "./expression-error";

export type Token =
  | { kind: "number"; text: string }
  | { kind: "text"; value: string }
  | { kind: "name"; name: string }
  | { kind: "mark"; mark: string }
  | { kind: "end" };

const PATTERN =
  /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([A-Za-z_]\w*)|(==|!=|<=|>=|&&|\|\||[<>!().?:[\]+\-,*/%{}]))/y;
const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "\\": "\\", '"': '"', "'": "'" };
export const MAX_EXPRESSION_LENGTH = 4096;

/** Cuts an expression into tokens; throws ExpressionError at the first thing outside the subset. */
export function tokenize(source: string): Token[] {
  if (source.length > MAX_EXPRESSION_LENGTH) throw new ExpressionError(source.slice(0, 60), "it is longer than 4096 characters");
  const tokens: Token[] = [];
  const end = source.trimEnd().length;
  let at = 0;
  while (at < end) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(source);
    if (!match) throw new ExpressionError(source, `"${source.slice(at).trim().slice(0, 12)}" is not part of the subset`);
    tokens.push(toToken(source, match));
    at = PATTERN.lastIndex;
  }
  tokens.push({ kind: "end" });
  return tokens;
}

function toToken(source: string, match: RegExpExecArray): Token {
  const [, number, quoted, name, mark] = match;
  if (number !== undefined) return { kind: "number", text: number };
  if (quoted !== undefined) return { kind: "text", value: unquote(source, quoted) };
  if (name !== undefined) return { kind: "name", name };
  return { kind: "mark", mark: mark ?? "" };
}

function unquote(source: string, quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/g, (_, char: string) => {
    const plain = ESCAPES[char];
    if (plain === undefined) throw new ExpressionError(source, `the escape \\${char} is not part of the subset`);
    return plain;
  });
}
