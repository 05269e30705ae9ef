/** The part of cephes that is used: its own declarations are not among its exports. */
declare module "cephes" {
  const functions: {
    /** Resolves once the module can be called. */
    readonly compiled: Promise<void>;
    erf(x: number): number;
    erfc(x: number): number;
    dawsn(x: number): number;
    /** Digamma. */
    psi(x: number): number;
    /** Distribution function of the standard normal. */
    ndtr(x: number): number;
    ndtri(p: number): number;
    /** Hurwitz zeta function ζ(s, q). */
    zeta(s: number, q: number): number;
  };
  export default functions;
}
