import { expect, it } from "vitest";
import { losesTooMany } from "../../../src/dmft/causal/march";

it("a march goes on without one trajectory in twenty, and no more", () => {
  expect(losesTooMany(0, 8)).toBe(false);
  expect(losesTooMany(50, 1000)).toBe(false);
  expect(losesTooMany(51, 1000)).toBe(true);
});
