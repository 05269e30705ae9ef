/**
 * Gradient descent, its stochastic kin and Langevin dynamics on a finite set of measurements. Where each equation of
 * docs/equations.md is computed:
 *
 *   (P.1)         fields                 createMeasurements, project
 *   (P.2)         forces, gradient       applyForces; createMeasurements, addGradient
 *   (P.3), (P.4)  update                 createWalker, step
 *   (P.5)         batches                createBernoulliBatches, createExchangedBatches; batchRates of models/
 *   (P.6)         start                  drawStart
 *   (P.7)         what is measured       addMoments; createWalker, observe
 *   (P.8)         mean squared error     createRecorder, by modulusError of models/
 *   (P.9)         stable learning rates  planPhaseRetrieval, by learningRateLimits of models/
 */
export type { RetrievalSimulation } from "./problem";
export { simulatePhaseRetrieval } from "./simulate";
