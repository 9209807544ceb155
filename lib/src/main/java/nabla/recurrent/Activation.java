package nabla.recurrent;

import nabla.math.Functions;

/** The nonlinearity f of a recurrent layer, h = f(z). No slope of any of them exceeds 1. */
public enum Activation {
    /** tanh(z), as in the notes. */
    TANH {
        @Override
        public double of(double z) {
            return Functions.tanh(z);
        }

        @Override
        public double slope(double h) {
            return 1 - h * h;
        }

        @Override
        void apply(double[] z, int from, int to) {
            Functions.tanh(z, from, to);
        }
    },

    /** max(0, z), for the study of vanishing gradients (Le, Jaitly and Hinton 2015). Its slope at 0 is taken as 0. */
    RELU {
        @Override
        public double of(double z) {
            return Math.max(0, z);
        }

        @Override
        public double slope(double h) {
            return h > 0 ? 1 : 0;
        }
    },

    /** z itself: a linear network, whose Jacobians are powers of W. */
    IDENTITY {
        @Override
        public double of(double z) {
            return z;
        }

        @Override
        public double slope(double h) {
            return 1;
        }
    };

    /** f(z). */
    public abstract double of(double z);

    /** f'(z), from the value h = f(z). */
    public abstract double slope(double h);

    /** z = f(z) for the elements from {@code from} up to but without {@code to}. */
    void apply(double[] z, int from, int to) {
        for (int e = from; e < to; e++) {
            z[e] = of(z[e]);
        }
    }
}
