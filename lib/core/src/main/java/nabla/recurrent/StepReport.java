package nabla.recurrent;

/**
 * How training stands after a step.
 *
 * @param step counted from 1
 * @param loss of the step's batch before the step: a sum over time, a mean over sequences
 * @param gradientNorm the Euclidean norm over all parameters, before any clipping
 */
public record StepReport(int step, double loss, double gradientNorm) {}
