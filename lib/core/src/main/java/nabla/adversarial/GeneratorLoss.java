package nabla.adversarial;

import nabla.math.Functions;

/** What the generator makes small, for one generated point with D(G(z)) = sigmoid(a): a is the discriminator's output, a logit. */
public enum GeneratorLoss {
    /** log(1 - D(G(z))), the game as it is written. Where D rejects a point for sure (a far below 0) its slope is all but 0. */
    MINIMAX {
        @Override
        public double of(double a) {
            return -Functions.softplus(a);
        }

        @Override
        public double slope(double a) {
            return -Functions.sigmoid(a);
        }
    },

    /** - log D(G(z)), with the same fixed point, and a slope of -1 where D rejects a point for sure. */
    NON_SATURATING {
        @Override
        public double of(double a) {
            return Functions.softplus(-a);
        }

        @Override
        public double slope(double a) {
            return -Functions.sigmoid(-a);
        }
    };

    /** The loss, in nats. */
    public abstract double of(double a);

    /** Its derivative with respect to a. */
    public abstract double slope(double a);
}
