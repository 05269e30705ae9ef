/** The spherical SK model from a script: spectra, modes, linear Volterra equation, finite system, closed forms. */
export { marchenkoPastur, type Spectrum, semicircle } from "../../models/spectra";
export { criticalTemperature } from "../../models/spherical-sk/critical-temperature";
export { groundStateLoss, type Outlier, outlierOf } from "../../models/spherical-sk/outlier";
export type { SpectrumSpec, SphericalSk } from "../../models/spherical-sk/problem";
export * from "../../simulate/spherical-sk";
export * from "../../theory/spherical-sk";
export * from "../../volterra/spherical-sk";
