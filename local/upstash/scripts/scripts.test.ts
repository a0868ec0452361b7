import { describe, expect, it } from "vitest";
import { setUpLocalRedis } from "../testing/local-redis";
import { MAX_INSTRUCTIONS } from "./engine";

const local = setUpLocalRedis();
const run = (script: string, ...args: (string | number)[]) => local().send("EVAL", script, 0, ...args);

describe("what a script returns", () => {
  it.each([
    ["3.99", 3],
    ["-3.99", -3],
    ["'text'", "text"],
    ["true", 1],
    ["false", null],
    ["nil", null],
    ["{1, 2.5, 'x', {3}, false, true}", [1, 2, "x", [3], null, 1]],
    ["{1, nil, 3}", [1]],
    ["{ok = 'fine'}", "fine"],
    ["{a = 1}", []],
    ["redis.status_reply('fine')", "fine"],
    ["2^53", 2 ** 53],
    ["#redis.call('KEYS', '*')", 0],
  ])("%s becomes %j", async (expression, expected) => {
    expect(await run(`return ${expression}`)).toEqual(expected);
  });

  it.each([
    ["return {err = 'MY problem'}", "MY problem"],
    ["return redis.error_reply('MY problem')", "MY problem"],
    ["return redis.error_reply('oops')", "ERR oops"],
    ["return redis.pcall('INCR', 'text')", "ERR value is not an integer or out of range"],
    ["error('boom')", "ERR user_script:1: boom script: "],
    ["\n\nerror({err = 'MY table'})", "MY table script: "],
    ["\nredis.call('INCR', 'text')", /^ERR value is not an integer or out of range script: [0-9a-f]{40}, on @user_script:2\.$/],
    ["return redis.call('NOPE')", "ERR Unknown Redis command called from script"],
    ["return redis.call('GET')", "ERR wrong number of arguments for 'get' command"],
    ["return redis.call('EVAL', 'return 1', 0)", "ERR This Redis command is not allowed from script"],
    ["return redis.call()", "ERR Please specify at least one argument"],
    ["return redis.call('SET', 'a', {})", "ERR Lua redis lib command arguments must be strings or integers"],
    ["return nosuch", "Script attempted to access nonexistent global variable 'nosuch'"],
    ["leak = 1", "Attempt to modify a readonly table"],
    ["string.leak = 1", "Attempt to modify a readonly table"],
    ["rawset(redis, 'call', 1)", "Attempt to modify a readonly table"],
    ["local function f() return 1 + f() end f()", "stack overflow"],
    ["this is no lua", "ERR Error compiling script (new function): user_script:1:"],
    ["return os.execute('true')", "attempt to call a nil value"],
    ["return string.rep('x', 1e9)", "resulting string too large"],
  ])("%s fails with its message", async (script, message) => {
    await local().send("SET", "text", "x");
    await expect(run(script)).rejects.toThrow(message);
  });
});

describe("numbers are those of Lua 5.1", () => {
  it.each([
    ["10 / 2", "5"],
    ["7 % 4 / 2", "1.5"],
    ["1767225600 * 1000", "1767225600000"],
    ["2147483647 + 1", "2147483648"],
    ["tonumber('2147483647') + tonumber('1')", "2147483648"],
    ["math.floor(1767225600123.9)", "1767225600123"],
    ["1e15", "1e+15"],
    ["0.1", "0.1"],
    ["12345678901234.5", "12345678901234"],
    ["1e-7", "1e-07"],
    ["1 / 3", "0.33333333333333"],
    ["1 / 0", "inf"],
    ["string.format('%d|%5.1f|%05d|%s|%x', 1767225600123.9, 2.25, 42, true, 255)", "1767225600123|  2.2|00042|true|ff"],
    ["string.format('%-5s|%+d|%g|%e|%%|%c', 'ab', 3, 1e20, 12345.678, 65)", "ab   |+3|1e+20|1.234568e+04|%|A"],
    ["table.getn({1, 2, 3}) + math.pow(2, 3) + select('#', unpack({1, 2}))", "13"],
  ])("%s is written %s", async (expression, expected) => {
    expect(await run(`return tostring(${expression})`)).toBe(expected);
  });

  it("keep all their digits as arguments of a command", async () => {
    await run("redis.call('SET', 'n', 1767225600123456) redis.call('SET', 'f', 0.1)");
    expect(await local().send("MGET", "n", "f")).toEqual(["1767225600123456", "0.10000000000000001"]);
  });
});

it("sees replies as Redis shows them", async () => {
  await local().send("HSET", "h", "a", "1");
  const types =
    "local r = {} for i, v in ipairs({redis.call('GET', 'no'), redis.call('HGETALL', 'h'), redis.call('HLEN', 'h'), redis.call('SET', 'a', 1)}) do r[i] = type(v) end return r";
  expect(await run(types)).toEqual(["boolean", "table", "number", "table"]);
  expect(await run("return redis.call('SET', 'a', 1).ok")).toBe("OK");
  expect(await run("local ok, e = pcall(redis.call, 'INCR', 'h') return {ok, e.err}")).toEqual([
    null,
    expect.stringContaining("WRONGTYPE"),
  ]);
  expect(await run("return {KEYS[1] == nil, #ARGV, ARGV[2]}", "x", "é")).toEqual([1, 2, "é"]);
});

it("reads and writes JSON", async () => {
  const decoded = "local v = cjson.decode(ARGV[1]) return {v.a, v.b[2], v.b[3] == cjson.null, v.t, #v.b, v.e}";
  expect(await run(decoded, '{"a":1.9,"b":[1,"x",null],"t":true,"e":"\\u00e9é"}')).toEqual([1, "x", 1, 1, 3, "éé"]);
  expect(await run("return cjson.encode({1, 'a/\"b', {x = 0.5}, {}, cjson.null, 1767225600123})")).toBe(
    '[1,"a\\/\\"b",{"x":0.5},{},null,1767225600123]',
  );
  await expect(run("return cjson.decode('{oops')")).rejects.toThrow("Expected value but found invalid token");
  await expect(run("return cjson.encode({[1] = 1, [1000] = 2})")).rejects.toThrow("excessively sparse array");
  await expect(run("local t = {} t.t = t return cjson.encode(t)")).rejects.toThrow("excessive depth");
  expect(await run("return redis.sha1hex('abc')")).toBe("a9993e364706816aba3e25717850c26c9cd0d89d");
});

it("stops a script that does not end, even one that catches its errors", async () => {
  const message = `BUSY The script was stopped after ${MAX_INSTRUCTIONS} instructions`;
  await expect(run("while true do end")).rejects.toThrow(message);
  await expect(run("while true do pcall(function() while true do end end) end")).rejects.toThrow(message);
  await expect(run("coroutine.wrap(function() while true do end end)()")).rejects.toThrow(message);
  expect(await run("return 1")).toBe(1);
});

it("runs as one step among other clients' commands", async () => {
  const script =
    "local n = tonumber(redis.call('GET', 'n') or 0) for i = 1, 50 do redis.call('SET', 'n', n + i) end return redis.call('GET', 'n')";
  const replies = await Promise.all(Array.from({ length: 20 }, () => run(script)));
  expect(replies.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, index) => 50 * (index + 1)));
});

it("refuses a wrong number of keys", async () => {
  await expect(local().send("EVAL", "return 1", 2, "a")).rejects.toThrow(
    "ERR Number of keys can't be greater than number of args",
  );
  await expect(local().send("EVAL", "return 1", -1)).rejects.toThrow("ERR Number of keys can't be negative");
  await expect(local().send("SCRIPT", "NOPE")).rejects.toThrow("ERR unknown subcommand");
});
