package nabla.adversarial;

/**
 * How the game stands in an iteration.
 *
 * @param iteration counted from 1
 * @param value V(D, G) on the batch of the discriminator's last step, before that step; nats. - log 4 when D cannot tell anything apart
 * @param generatorLoss on the batch of the generator's step, before that step; nats
 */
public record GanReport(int iteration, double value, double generatorLoss) {}
