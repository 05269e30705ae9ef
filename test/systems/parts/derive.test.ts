import { describe, expect, it } from "vitest";
import { ConvergenceError, InterruptedError } from "../../../src/core/errors";
import { derive } from "../../../src/systems/parts/derive";

describe("derived quantities", () => {
  const add = (result: { loss: number }) => ({ ...result, excess: result.loss + 1 });
  const whole = { loss: 2 };

  it("are added to a result, and to the finished part of one that stopped early", async () => {
    expect(await derive(Promise.resolve(whole), add)).toEqual({ loss: 2, excess: 3 });
    const blownUp = new ConvergenceError("it blew up.", { reached: 4, advice: "Try less.", partial: whole });
    await expect(derive(Promise.reject(blownUp), add)).rejects.toMatchObject({
      name: "ConvergenceError",
      message: "it blew up. Try less.",
      details: { reached: 4, partial: { loss: 2, excess: 3 } },
    });
    const stopped = new InterruptedError("stopped", whole);
    await expect(derive(Promise.reject(stopped), add)).rejects.toMatchObject({
      name: "InterruptedError",
      partial: { loss: 2, excess: 3 },
    });
  });

  it("leave other errors alone", async () => {
    const other = new RangeError("other");
    await expect(derive(Promise.reject(other), add)).rejects.toBe(other);
  });
});
