import fc from "fast-check";
import { useKernelsOfEnvironment } from "../src/run/kernels-choice";

// One seed for every property test: a failure today is a failure tomorrow.
fc.configureGlobal({ seed: 20261122 });

// TWOTIME_KERNELS=plain runs every test on the plain kernels.
useKernelsOfEnvironment();
