import fc from "fast-check";
import { afterAll, expect } from "vitest";
import { allowMemory } from "../src/core/budget";
import { kernelLayer } from "../src/kernels";
import { useKernelsOfEnvironment } from "../src/run/kernels-choice";

// One seed for every property test: a failure today is a failure tomorrow.
fc.configureGlobal({ seed: 20261122 });

// TWOTIME_KERNELS=plain runs every test on the plain kernels.
useKernelsOfEnvironment();

// Fast files share a process (vitest.config.ts): each leaves it as it found it. Pools and verbs take note of the machine.
const memory = allowMemory(0);
allowMemory(memory);
const state = () => ({ layer: kernelLayer(), directory: process.cwd(), environment: { ...process.env } });
const before = state();
afterAll(() => {
  allowMemory(memory);
  expect(state()).toEqual(before);
});
