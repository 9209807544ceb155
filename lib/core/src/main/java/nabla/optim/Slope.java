package nabla.optim;

/**
 * What an optimiser goes down, element by element: a multiple of a given gradient, and the slope of the penalty decay/2 x^2. So a gradient
 * is turned, shortened or penalised without a copy of it.
 *
 * @param factor of the gradient: negative to go up
 * @param decay of the parameter itself
 */
record Slope(double factor, double decay) {
    /** The slope in one element. */
    double of(double g, double x) {
        return factor * g + decay * x;
    }
}
