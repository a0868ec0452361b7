import { ExpressionError } from "./expression-error";
import { type Token, tokenize } from "./tokenize";

/** A literal whole number is a bigint (CEL int); one with a point is a number (CEL double), as is every number out of JSON. */
export type Literal = null | boolean | number | bigint | string;
export type Root = "event" | "async";
export type Expression =
  | { kind: "literal"; value: Literal }
  | { kind: "path"; root: Root; keys: string[] }
  | { kind: "not" | "minus"; operand: Expression }
  | { kind: "binary"; operator: string; left: Expression; right: Expression }
  | { kind: "choice"; test: Expression; yes: Expression; no: Expression }
  | { kind: "call"; name: "int" | "string"; operand: Expression };

const LEVELS: readonly (readonly string[])[] = [["||"], ["&&"], ["==", "!=", "<", "<=", ">", ">="], ["+", "-"]];
const MAX_DEPTH = 64;

/**
 * Parses the small subset of CEL that functions use in `if`, keys, priorities and idempotency. Throws ExpressionError for
 * the rest. `roots` says which events may be named.
 */
export function parseExpression(source: string, roots: readonly Root[]): Expression {
  const parser = new Parser(source, tokenize(source), roots);
  return parser.whole();
}

class Parser {
  private at = 0;
  private depth = 0;
  constructor(
    private readonly source: string,
    private readonly tokens: Token[],
    private readonly roots: readonly Root[],
  ) {}

  whole(): Expression {
    const expression = this.choice();
    if (this.peek().kind !== "end") this.refuse(`there is something left after its end: ${this.describe()}`);
    return expression;
  }

  private choice(): Expression {
    this.depth += 1;
    if (this.depth > MAX_DEPTH) this.refuse("it is nested too deeply");
    const test = this.level(0);
    let result = test;
    if (this.take("?")) {
      const yes = this.choice();
      this.expect(":");
      result = { kind: "choice", test, yes, no: this.choice() };
    }
    this.depth -= 1;
    return result;
  }

  private level(index: number): Expression {
    const operators = LEVELS[index];
    if (!operators) return this.unary();
    let left = this.level(index + 1);
    for (let operator = this.takeOne(operators); operator; operator = this.takeOne(operators)) {
      left = { kind: "binary", operator, left, right: this.level(index + 1) };
    }
    return left;
  }

  private unary(): Expression {
    let marks = "";
    for (let mark = this.takeOne(["!", "-"]); mark; mark = this.takeOne(["!", "-"])) marks = mark + marks;
    if (marks.length > MAX_DEPTH) this.refuse("it is nested too deeply");
    let operand = this.primary();
    for (const mark of marks) operand = { kind: mark === "!" ? "not" : "minus", operand };
    return operand;
  }

  private primary(): Expression {
    const token = this.next();
    if (token.kind === "text") return { kind: "literal", value: token.value };
    if (token.kind === "number") {
      return { kind: "literal", value: /^\d+$/.test(token.text) ? BigInt(token.text) : Number(token.text) };
    }
    if (token.kind === "mark" && token.mark === "(") {
      const inner = this.choice();
      this.expect(")");
      return inner;
    }
    if (token.kind === "name") return this.named(token.name);
    this.at -= 1;
    return this.refuse(`${this.describe()} stands where a value is expected`);
  }

  private named(name: string): Expression {
    if (name === "true" || name === "false") return { kind: "literal", value: name === "true" };
    if (name === "null") return { kind: "literal", value: null };
    if (name === "int" || name === "string") {
      this.expect("(");
      const operand = this.choice();
      this.expect(")");
      return { kind: "call", name, operand };
    }
    const root = this.roots.find((known) => known === name);
    if (!root) return this.refuse(`"${name}" is not known here`);
    return { kind: "path", root, keys: this.keys() };
  }

  private keys(): string[] {
    const keys: string[] = [];
    for (;;) {
      if (this.take(".")) {
        const token = this.next();
        if (token.kind !== "name") return this.refuse("a name must follow a dot");
        if (this.peekMark("(")) return this.refuse(`the method ${token.name}() is not part of the subset`);
        keys.push(token.name);
      } else if (this.take("[")) {
        const token = this.next();
        if (token.kind === "text") keys.push(token.value);
        else if (token.kind === "number" && /^\d+$/.test(token.text)) keys.push(token.text);
        else return this.refuse("only a text or a whole number may stand in brackets");
        this.expect("]");
      } else return keys;
    }
  }

  private peek(): Token {
    return this.tokens[this.at] ?? { kind: "end" };
  }

  private next(): Token {
    const token = this.peek();
    this.at += 1;
    return token;
  }

  private peekMark(mark: string): boolean {
    const token = this.peek();
    return token.kind === "mark" && token.mark === mark;
  }

  private take(mark: string): boolean {
    if (!this.peekMark(mark)) return false;
    this.at += 1;
    return true;
  }

  private takeOne(marks: readonly string[]): string | undefined {
    return marks.find((mark) => this.take(mark));
  }

  private expect(mark: string): void {
    if (!this.take(mark)) this.refuse(`"${mark}" is missing before ${this.describe()}`);
  }

  private describe(): string {
    const token = this.peek();
    if (token.kind === "end") return "its end";
    if (token.kind === "mark") return `"${token.mark}"`;
    return token.kind === "name" ? `"${token.name}"` : "a literal";
  }

  private refuse(why: string): never {
    throw new ExpressionError(this.source, why);
  }
}
