package nabla.math;

/**
 * The nonlinearity f of a layer, h = f(z), element by element. No slope of any of them exceeds 1.
 *
 * <p>Back-propagation needs the slope f'(z) where only the value h = f(z) is still known: each of these functions allows that.
 */
public enum Activation {
    /** tanh(z). */
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
        void applyTo(double[] z, int from, int to) {
            Functions.tanh(z, from, to);
        }

        @Override
        void multiply(double[] h, double[] d, int from, int to) {
            for (int e = from; e < to; e++) {
                d[e] *= 1 - h[e] * h[e];
            }
        }
    },

    /** 1 / (1 + e<sup>-z</sup>). */
    SIGMOID {
        @Override
        public double of(double z) {
            return Functions.sigmoid(z);
        }

        @Override
        public double slope(double h) {
            return h * (1 - h);
        }

        @Override
        void applyTo(double[] z, int from, int to) {
            Functions.sigmoid(z, from, to);
        }

        @Override
        void multiply(double[] h, double[] d, int from, int to) {
            for (int e = from; e < to; e++) {
                d[e] *= h[e] * (1 - h[e]);
            }
        }
    },

    /** max(0, z). Its slope at 0 is taken as 0. */
    RELU {
        @Override
        public double of(double z) {
            return Math.max(0, z);
        }

        @Override
        public double slope(double h) {
            return h > 0 ? 1 : 0;
        }

        @Override
        void applyTo(double[] z, int from, int to) {
            for (int e = from; e < to; e++) {
                z[e] = Math.max(0, z[e]);
            }
        }

        @Override
        void multiply(double[] h, double[] d, int from, int to) {
            for (int e = from; e < to; e++) {
                d[e] *= Math.min(1, Math.ceil(h[e])); // 0 or 1 without a branch, which would often be guessed wrong
            }
        }
    },

    /** z, or z / 5 where it is negative (Maas, Hannun and Ng 2013; the fifth is that of Radford, Metz and Chintala 2016). */
    LEAKY_RELU {
        @Override
        public double of(double z) {
            return Math.max(LEAK * z, z);
        }

        @Override
        public double slope(double h) {
            return h > 0 ? 1 : LEAK;
        }

        @Override
        void applyTo(double[] z, int from, int to) {
            for (int e = from; e < to; e++) {
                z[e] = Math.max(LEAK * z[e], z[e]);
            }
        }

        @Override
        void multiply(double[] h, double[] d, int from, int to) {
            for (int e = from; e < to; e++) {
                d[e] *= Math.max(LEAK, Math.min(1, Math.ceil(h[e])));
            }
        }
    },

    /** z itself: a linear layer. */
    IDENTITY {
        @Override
        public double of(double z) {
            return z;
        }

        @Override
        public double slope(double h) {
            return 1;
        }

        @Override
        void applyTo(double[] z, int from, int to) {}

        @Override
        void multiply(double[] h, double[] d, int from, int to) {}
    };

    private static final double LEAK = 0.2;

    /** f(z). */
    public abstract double of(double z);

    /** f'(z), from the value h = f(z). */
    public abstract double slope(double h);

    /** z = f(z) for the elements from {@code from} up to but without {@code to}. */
    public void apply(double[] z, int from, int to) {
        Require.range(from, to, "z", z);
        applyTo(z, from, to);
    }

    /**
     * d = d f'(z), the step of back-propagation from dC/dh to dC/dz, for the elements from {@code from} up to but without {@code to}.
     *
     * @param h the values f(z), not modified
     * @param d the derivatives, overwritten
     */
    public void timesSlope(double[] h, double[] d, int from, int to) {
        Require.range(from, to, "h", h);
        Require.range(from, to, "d", d);
        multiply(h, d, from, to);
    }

    abstract void applyTo(double[] z, int from, int to);

    abstract void multiply(double[] h, double[] d, int from, int to);
}
