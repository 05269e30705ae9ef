/** The convex basin: C1 convexLoss, C2 discreteLoss (mean-loss) · C3 convexLateExponent (late-exponent). */
export { convexLateExponent } from "./late-exponent";
export { type ConvexLoss, convexLoss, discreteLoss } from "./mean-loss";
