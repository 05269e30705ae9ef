import { describe, expect, it } from "vitest";
import { reportTimes } from "../../src/simulate/report-times";

describe("report times", () => {
  it("are those asked for, or the usual ones", () => {
    expect([...reportTimes({ times: [0, 1, 1, 3], until: 3 }, [2])]).toEqual([0, 1, 1, 3]);
    expect([...reportTimes({ until: 3 }, [2])]).toEqual([2]);
    expect([...reportTimes({ times: [], until: 3 }, [2])]).toEqual([]);
  });

  it("end with the run: what rounding puts beyond it is at it", () => {
    expect(reportTimes({ times: [3 * (1 + 5e-13)], until: 3 }, [])[0]).toBe(3);
    expect(() => reportTimes({ times: [3 * (1 + 2e-12)], until: 3 }, [])).toThrow("simulation.times[0]");
  });

  it.each([
    [[-1], 0],
    [[1, 0.5], 1],
    [[1, Number.NaN], 1],
    [[1, 2, 4], 2],
  ])("refuse %j", (times, k) => {
    expect(() => reportTimes({ times, until: 3 }, [])).toThrow(
      expect.objectContaining({ parameter: `simulation.times[${k}]`, allowed: expect.stringContaining("3") }),
    );
  });
});
