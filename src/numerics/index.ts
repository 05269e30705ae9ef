export { leastSquares } from "./leastsquares";
export { fitPowerLaw, localExponents, type PowerLaw } from "./powerlaw";
export { findRoot } from "./roots";
export { mean, standardError, variance } from "./statistics";
export { createStreams, type Stream, type Streams } from "./streams";
