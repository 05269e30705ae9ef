export { gregoryWeights } from "./gregory";
export { interpolate, lagrangeDerivativeWeights, lagrangeWeights, stencilStart } from "./lagrange";
export { combine, type LeastSquares, leastSquares } from "./leastsquares";
export { goldenMinimum } from "./minimum";
export { fitPowerLaw, localExponents, type PowerLaw } from "./powerlaw";
export { bracketRoots, findRoot } from "./roots";
export { erf, erfc } from "./special";
export { mean, meanCurve, normalTail, standardError, variance } from "./statistics";
export { createStreams, PURPOSES, type Purpose, type Stream, type Streams } from "./streams";
