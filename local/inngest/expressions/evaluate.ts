import { isObject, type Json } from "../wire/json";
import type { Expression, Root } from "./parse";

/** A whole number of CEL is a bigint, a double is a number; undefined stands for a key that is not there. */
export type Value = Json | bigint | undefined;
export type Roots = Partial<Record<Root, Json>>;

/** The value of an expression. Never throws: what has no sense (an order between a text and a number) is undefined. */
export function evaluate(expression: Expression, roots: Roots): Value {
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "path":
      return follow(roots[expression.root], expression.keys);
    case "not": {
      const value = evaluate(expression.operand, roots);
      return typeof value === "boolean" ? !value : undefined;
    }
    case "minus": {
      const value = evaluate(expression.operand, roots);
      return typeof value === "number" || typeof value === "bigint" ? -value : undefined;
    }
    case "choice":
      return evaluate(evaluate(expression.test, roots) === true ? expression.yes : expression.no, roots);
    case "call":
      return convert(expression.name, evaluate(expression.operand, roots));
    case "binary":
      return binary(expression, roots);
  }
}

/** True only where the expression is exactly true. */
export function holds(expression: Expression, roots: Roots): boolean {
  return evaluate(expression, roots) === true;
}

/** The value as the text of a key; a missing one is the empty text, so that all such events share one key. */
export function keyText(value: Value): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

function binary(expression: Extract<Expression, { kind: "binary" }>, roots: Roots): Value {
  const left = evaluate(expression.left, roots);
  if (expression.operator === "&&") return left === true && evaluate(expression.right, roots) === true;
  if (expression.operator === "||") return left === true || evaluate(expression.right, roots) === true;
  const right = evaluate(expression.right, roots);
  if (expression.operator === "==") return same(left, right);
  if (expression.operator === "!=") return !same(left, right);
  if (expression.operator === "+" || expression.operator === "-") return sum(expression.operator, left, right);
  return compare(expression.operator, left, right);
}

/** Two missing keys are not the same thing: `event.data.a == async.data.a` must not match where neither has an `a`. */
function same(left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return left === null || right === null;
  if (isNumeric(left) && isNumeric(right)) return Number(left) === Number(right);
  if (typeof left === "object" && typeof right === "object") return JSON.stringify(left) === JSON.stringify(right);
  return left === right;
}

function compare(operator: string, left: Value, right: Value): boolean | undefined {
  const comparable = (isNumeric(left) && isNumeric(right)) || (typeof left === "string" && typeof right === "string");
  if (!comparable) return undefined;
  if (operator === "<") return left < right;
  if (operator === "<=") return left <= right;
  return operator === ">" ? left > right : left >= right;
}

function sum(operator: "+" | "-", left: Value, right: Value): Value {
  if (typeof left === "string" && typeof right === "string") return operator === "+" ? left + right : undefined;
  if (typeof left === "bigint" && typeof right === "bigint") return operator === "+" ? left + right : left - right;
  if (!isNumeric(left) || !isNumeric(right)) return undefined;
  return operator === "+" ? Number(left) + Number(right) : Number(left) - Number(right);
}

function convert(name: "int" | "string", value: Value): Value {
  if (name === "string") return value === undefined ? undefined : keyText(value);
  if (typeof value === "bigint") return value;
  const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? BigInt(Math.trunc(number)) : undefined;
}

function follow(value: Json | undefined, keys: readonly string[]): Json | undefined {
  let at = value;
  for (const key of keys) {
    if (Array.isArray(at)) at = at[Number(key)];
    else if (isObject(at) && Object.hasOwn(at, key)) at = at[key];
    else return undefined;
  }
  return at;
}

function isNumeric(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}
