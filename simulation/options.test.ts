import { describe, expect, it } from "vitest";
import { parseOptions } from "./options";

describe("parseOptions", () => {
  it("takes a number of seeds, and where they begin", () => {
    expect(parseOptions(["--seeds", "500", "--seed", "7"])).toMatchObject({ seeds: 500, seed: 7, traced: false, only: null });
    expect(parseOptions([])).toMatchObject({ seed: 1, traced: false });
  });

  it("tells one seed in full when only that is named", () => {
    expect(parseOptions(["--seed", "4242"])).toMatchObject({ seeds: 1, seed: 4242, traced: true });
  });

  it("keeps to the faults that are named", () => {
    expect(parseOptions(["--fault", "crash, 429"]).only).toEqual(new Set(["crash", "429"]));
  });

  it.each([
    ["--seeds", "0"],
    ["--seeds", "-1"],
    ["--seeds", "many"],
    ["--seeds", "1.5"],
    ["--seed", ""],
    ["--workers", "999"],
  ])("refuses %s %s and says what it takes", (name, value) => {
    expect(() => parseOptions([`${name}=${value}`])).toThrow(new RegExp(`${name} takes a whole number from \\d+ to \\d+`));
  });

  it("refuses a fault that there is not, and lists those there are", () => {
    expect(() => parseOptions(["--fault", "crash,gremlins"])).toThrow(/no fault named "gremlins"[\s\S]*request-lost/);
  });

  it("refuses what it does not know", () => {
    expect(() => parseOptions(["--speed", "3"])).toThrow(/--speed/);
  });
});
