/** The contract's word for a value that the parameters leave without meaning. */
export const UNDEFINED = "undefined";
