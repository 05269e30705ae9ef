/** The harmonic well from a script. */
export * from "../../simulate/harmonic-well";
export * from "../../theory/harmonic-well";
