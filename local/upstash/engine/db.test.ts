import { expect, it } from "vitest";
import { Db } from "./db";

it("drops expired keys that nobody reads, a few at a time", () => {
  let nowMs = 1000;
  const db = new Db(() => nowMs);
  for (let index = 0; index < 100; index += 1) {
    db.put(`key:${index}`, { type: "string", text: "x" }, index % 2 === 0 ? 2000 : undefined);
  }
  nowMs = 2000;
  db.sweep(40);
  expect([...db.keys()]).toHaveLength(80);
  db.sweep(1000);
  expect([...db.keys()]).toHaveLength(50);
  expect(db.size()).toBe(50);
});

it("holds time still for as long as a piece of work lasts", () => {
  let nowMs = 1000;
  const db = new Db(() => nowMs++);
  db.atOneMoment(() => {
    const first = db.now();
    db.atOneMoment(() => expect(db.now()).toBe(first));
    expect(db.now()).toBe(first);
  });
  expect(db.now()).not.toBe(db.now());
});
