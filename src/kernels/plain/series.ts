/**
 * The series of the normals, the same for every layer. Each polynomial has as many coefficients as stand here, and
 * takes the values of its function at the Chebyshev nodes of the interval (solved in 60 digits, then rounded):
 * next to the best fit there is. The errors are relative to the whole function, with the rounded coefficients.
 */

/** sin(πf/2) = f S(f²), f² ≤ 1/4, S the sum of SINE_k f²ᵏ; error below 3.9e-17, that of π/2 itself. */
export const SINE_0 = 1.5707963267948966;
export const SINE_1 = -0.6459640975062443;
export const SINE_2 = 0.07969262624604301;
export const SINE_3 = -0.004681754132340976;
export const SINE_4 = 0.0001604411507421909;
export const SINE_5 = -3.59864335298231e-6;
export const SINE_6 = 5.633933781537854e-8;

/** cos(πf/2) = 1 + f² C(f²), f² ≤ 1/4, C the sum of COSINE_k f²⁽ᵏ⁻¹⁾; error below 2.6e-17. */
export const COSINE_1 = -1.2337005501361697;
export const COSINE_2 = 0.2536695079010478;
export const COSINE_3 = -0.020863480763340773;
export const COSINE_4 = 0.0009192602745468447;
export const COSINE_5 = -2.5202039028029178e-5;
export const COSINE_6 = 4.710678405505227e-7;
export const COSINE_7 = -6.329396344967424e-9;

/** ln((1 + s)/(1 − s)) = 2s + s L(s²), |s| ≤ 3 − 2√2, L the sum of LOG_k s²ᵏ; error below 4.7e-18. */
export const LOG_1 = 0.666666666666667;
export const LOG_2 = 0.39999999999899505;
export const LOG_3 = 0.28571428625976547;
export const LOG_4 = 0.22222211134622102;
export const LOG_5 = 0.18182889137864705;
export const LOG_6 = 0.15331721181635258;
export const LOG_7 = 0.14616454863079065;

/** ln 2 in two parts; the first has 33 bits, so that its products with exponents are exact. */
export const LN2_HIGH = 0.6931471804855391;
export const LN2_LOW = 7.440617110012397e-11;

/** Upper words of the doubles 1 and (a little below) √½: mantissas are taken from √½ to √2. */
export const UPPER_ONE = 0x3ff00000;
export const UPPER_ROOT_HALF = 0x3fe6a09e;

/** Added to x and subtracted again it leaves the integer next to x; meanwhile the lowest bits of x are that integer. */
export const TO_INTEGER = 6755399441055744.0;
