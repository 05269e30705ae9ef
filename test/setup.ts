import fc from "fast-check";

// One seed for every property test: a failure today is a failure tomorrow.
fc.configureGlobal({ seed: 20261122 });
