package nabla.sampling;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import nabla.energy.BinaryModel;
import nabla.energy.ExactDistribution;
import nabla.math.Functions;
import nabla.math.Interrupts;
import nabla.math.Require;
import nabla.math.fast.Blas;
import org.ejml.data.Complex_F64;
import org.ejml.data.DMatrixRMaj;
import org.ejml.data.SingularMatrixException;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.ejml.simple.SimpleMatrix;

/**
 * A Markov chain over a few states with nothing sampled: row s, column t is the probability of going from s to t. States of binary
 * units are in the order of {@link ExactDistribution#states}.
 */
public final class TransitionMatrix {
    private static final int MOST_LAGS = 1_000_000;
    private static final int MOST_UNITS = 10;
    private static final int SQUARINGS = 52;

    private final SimpleMatrix T;

    /**
     * A chain with the given probabilities.
     *
     * @param T S x S, elements in [0, 1], each row sums to 1; held, not copied
     */
    public TransitionMatrix(SimpleMatrix T) {
        requireStochastic("T", T);
        this.T = T;
    }

    private static void requireStochastic(String name, SimpleMatrix T) {
        Require.matrix(name, T);
        Require.atLeast("rows of " + name, T.getNumRows(), 1);
        Require.shape(name, T, T.getNumRows(), T.getNumRows());
        Require.probabilities(name, T);
        for (int s = 0; s < T.getNumRows(); s++) {
            double sum = T.getRow(s).elementSum();
            if (Math.abs(sum - 1) > 1e-9) {
                throw new IllegalArgumentException(name + ": expected rows that sum to 1, got " + sum + " in row " + s);
            }
        }
    }

    /**
     * Gibbs sampling of one unit.
     *
     * @param model of at most 10 units
     */
    public static TransitionMatrix site(BinaryModel model, int unit) {
        Require.present("model", model);
        Require.between("units of model", model.units(), 1, MOST_UNITS);
        Require.between("unit", unit, 0, model.units() - 1);
        SimpleMatrix states = model.states().matrix();
        SimpleMatrix T = new SimpleMatrix(states.getNumRows(), states.getNumRows());
        int bit = 1 << (model.units() - 1 - unit);
        for (int s = 0; s < states.getNumRows(); s++) {
            double on = model.probability(unit, states.getRow(s).getDDRM().data);
            T.set(s, s | bit, on);
            T.set(s, s & ~bit, 1 - on);
        }
        return new TransitionMatrix(T);
    }

    /** Gibbs sampling of all units in their order. */
    public static TransitionMatrix sweep(BinaryModel model) {
        Require.present("model", model);
        TransitionMatrix sweep = site(model, 0);
        for (int unit = 1; unit < model.units(); unit++) {
            Interrupts.check("sweep interrupted at unit %d", unit);
            sweep = sweep.then(site(model, unit));
        }
        return sweep;
    }

    /** Gibbs sampling of one unit, any of them with the same probability. */
    public static TransitionMatrix randomScan(BinaryModel model) {
        Require.present("model", model);
        SimpleMatrix sum = site(model, 0).T;
        for (int unit = 1; unit < model.units(); unit++) {
            Interrupts.check("random scan interrupted at unit %d", unit);
            sum = sum.plus(site(model, unit).T);
        }
        return new TransitionMatrix(sum.divide(model.units()));
    }

    /**
     * The algorithm of Metropolis: a candidate is accepted with probability min(1, e^(f_t - f_s)), whether the proposal is symmetric or not.
     *
     * @param f log-probabilities up to a constant, S x 1
     * @param Q the proposal, S x S, elements in [0, 1], each row sums to 1
     */
    public static TransitionMatrix metropolis(SimpleMatrix f, SimpleMatrix Q) {
        return accepting(f, Q, false);
    }

    /** The algorithm of Hastings: as {@link #metropolis}, with probability min(1, e^(f_t - f_s) Q_ts / Q_st). */
    public static TransitionMatrix metropolisHastings(SimpleMatrix f, SimpleMatrix Q) {
        return accepting(f, Q, true);
    }

    /**
     * The algorithm of Barker (1965): a candidate is accepted with probability e^f_t Q_ts / (e^f_s Q_st + e^f_t Q_ts), which leaves the same
     * distribution as it is, but stays more often than {@link #metropolisHastings} does (Peskun 1973).
     *
     * @param f log-probabilities up to a constant, S x 1
     * @param Q the proposal, S x S, each row sums to 1
     */
    public static TransitionMatrix barker(SimpleMatrix f, SimpleMatrix Q) {
        return accepting(f, Q, (from, to) -> {
            double correction = Q.get(to, from) / Q.get(from, to);
            return Functions.sigmoid(f.get(to) - f.get(from) + Math.log(correction));
        });
    }

    private static TransitionMatrix accepting(SimpleMatrix f, SimpleMatrix Q, boolean corrected) {
        return accepting(f, Q, (from, to) -> {
            double correction = corrected ? Q.get(to, from) / Q.get(from, to) : 1;
            return Math.min(1, Math.exp(f.get(to) - f.get(from)) * correction);
        });
    }

    /** The probability that a candidate is accepted. */
    private interface Acceptance {
        double of(int from, int to);
    }

    private static TransitionMatrix accepting(SimpleMatrix f, SimpleMatrix Q, Acceptance acceptance) {
        requireStochastic("Q", Q);
        int S = Q.getNumRows();
        Require.sameRows("f", f, "Q", Q);
        Require.shape("f", f, S, 1);
        SimpleMatrix T = new SimpleMatrix(S, S);
        for (int s = 0; s < S; s++) {
            double stay = 1;
            for (int t = 0; t < S; t++) {
                if (t != s && Q.get(s, t) > 0) {
                    T.set(s, t, Q.get(s, t) * acceptance.of(s, t));
                    stay -= T.get(s, t);
                }
            }
            T.set(s, s, Math.max(0, stay));
        }
        return new TransitionMatrix(T);
    }

    /** The probabilities, a copy. */
    public SimpleMatrix matrix() {
        return T.copy();
    }

    /** A step of this chain and then one of another. */
    public TransitionMatrix then(TransitionMatrix next) {
        Require.present("next", next);
        Require.shape("next", next.T, T.getNumRows(), T.getNumRows());
        return new TransitionMatrix(product(T, next.T));
    }

    /**
     * The distribution after some steps.
     *
     * @param p S x 1, the distribution at the start, not modified
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public SimpleMatrix after(int steps, SimpleMatrix p) {
        Require.atLeast("steps", steps, 0);
        Require.distribution("p", p, T.getNumRows());
        SimpleMatrix back = T.transpose();
        SimpleMatrix q = p.copy();
        for (int step = 0; step < steps; step++) {
            Interrupts.check("chain interrupted at step %d", step);
            q = back.mult(q);
        }
        return q;
    }

    /**
     * The distribution that a step leaves as it is. There is only one if every state can be reached from every other.
     *
     * @return S x 1
     * @throws IllegalStateException if there are several
     */
    public SimpleMatrix stationary() {
        int S = T.getNumRows();
        SimpleMatrix equations = T.transpose().minus(SimpleMatrix.identity(S));
        SimpleMatrix right = new SimpleMatrix(S, 1);
        for (int t = 0; t < S; t++) {
            equations.set(S - 1, t, 1); // one of the equations follows from the others: instead, the sum is 1
        }
        right.set(S - 1, 1);
        SimpleMatrix p;
        try {
            p = equations.solve(right);
        } catch (SingularMatrixException e) {
            throw new IllegalStateException(
                    "stationary: expected a chain with one stationary distribution, it has several", e);
        }
        if (p.hasUncountable()) {
            throw new IllegalStateException(
                    "stationary: expected a chain with one stationary distribution, it has several");
        }
        return p;
    }

    /**
     * The second largest modulus of an eigenvalue: by this factor the distance to the stationary distribution shrinks, in the long run. It is
     * found as the limit of |A<sup>n</sup>|<sup>1/n</sup>, which always exists, where an eigenvalue decomposition may fail.
     */
    public double secondEigenvalue() {
        int S = T.getNumRows();
        // The eigenvalues of this matrix are those of T, but for the 1 of the vector of ones, which has become 0.
        SimpleMatrix power = T.minus(1.0 / S);
        double log = 0;
        double share = 1;
        for (int squared = 0; squared < SQUARINGS; squared++) {
            Interrupts.check("second eigenvalue interrupted at squaring %d", squared);
            double norm = power.normF();
            if (norm == 0) {
                return 0;
            }
            log += share * Math.log(norm);
            power = power.divide(norm);
            power = product(power, power);
            share /= 2;
        }
        return Math.exp(log);
    }

    /** A B: over a thousand states EJML would take a second. */
    private static SimpleMatrix product(SimpleMatrix A, SimpleMatrix B) {
        SimpleMatrix AB = new SimpleMatrix(A.getNumRows(), B.getNumCols());
        Blas.mult(A.getDDRM(), B.getDDRM(), AB.getDDRM());
        return AB;
    }

    /**
     * All eigenvalues, those of the largest modulus first: 1, and what the chain forgets its start with. They are real where the chain is
     * reversible; in general they may be complex.
     *
     * @return S of them
     * @throws ArithmeticException if they cannot be found, as may happen where many of them are equal and the chain is not reversible
     */
    public List<Complex_F64> eigenvalues() {
        int S = T.getNumRows();
        SimpleMatrix p = stationary();
        SimpleMatrix matrix = T;
        boolean reversible = isReversible(p);
        if (reversible) { // then a symmetric matrix has the same eigenvalues, which can always be found
            matrix = new SimpleMatrix(S, S);
            for (int s = 0; s < S; s++) {
                for (int t = 0; t < S; t++) {
                    matrix.set(s, t, Math.sqrt(T.get(s, t) * T.get(t, s)));
                }
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> decomposition = DecompositionFactory_DDRM.eig(S, false, reversible);
        if (!decomposition.decompose(matrix.getDDRM().copy())) {
            throw new ArithmeticException("the eigenvalues of a chain that is not reversible could not be found");
        }
        return IntStream.range(0, S)
                .mapToObj(decomposition::getEigenvalue)
                .map(value -> new Complex_F64(value.real, value.imaginary))
                .sorted(Comparator.comparingDouble(Complex_F64::getMagnitude).reversed())
                .toList();
    }

    /** Whether detailed balance holds, up to rounding. */
    private boolean isReversible(SimpleMatrix p) {
        for (int s = 0; s < T.getNumRows(); s++) {
            for (int t = 0; t < s; t++) {
                double there = p.get(s) * T.get(s, t);
                double back = p.get(t) * T.get(t, s);
                if (!(Math.abs(there - back) <= 1e-9 * Math.abs(there + back))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * The autocorrelation of a function of the state, once the chain is stationary: what {@link Diagnostics#autocorrelation} estimates.
     *
     * @param f one number for each state, S x 1, not modified
     * @param lags the largest lag, at least 0
     * @return {@code lags + 1} numbers, the first of which is 1; NaN if the function is constant
     */
    public double[] autocorrelation(SimpleMatrix f, int lags) {
        Require.shape("f", f, T.getNumRows(), 1);
        Require.between("lags", lags, 0, MOST_LAGS);
        SimpleMatrix p = stationary();
        SimpleMatrix centred = f.minus(p.dot(f));
        SimpleMatrix weighted = p.elementMult(centred);
        double variance = weighted.dot(centred);
        double[] rho = new double[lags + 1];
        SimpleMatrix ahead = centred; // its mean some steps later, from each state
        for (int lag = 0; lag <= lags; lag++) {
            Interrupts.check("autocorrelation interrupted at lag %d", lag);
            rho[lag] = weighted.dot(ahead) / variance;
            ahead = T.mult(ahead);
        }
        return rho;
    }

    /** The largest |p_s T_st - p_t T_ts|: zero if the chain runs backwards as it runs forwards (detailed balance). */
    public double imbalance(SimpleMatrix p) {
        Require.distribution("p", p, T.getNumRows());
        double worst = 0;
        for (int s = 0; s < T.getNumRows(); s++) {
            for (int t = 0; t < s; t++) {
                worst = Math.max(worst, Math.abs(p.get(s) * T.get(s, t) - p.get(t) * T.get(t, s)));
            }
        }
        return worst;
    }

    /** The total variation distance of two distributions: half the sum of |p_s - q_s|. */
    public static double totalVariation(SimpleMatrix p, SimpleMatrix q) {
        Require.finite("p", p);
        Require.distribution("p", p, p.getNumRows());
        Require.sameRows("q", q, "p", p);
        Require.distribution("q", q, p.getNumRows());
        double sum = 0;
        for (int s = 0; s < p.getNumRows(); s++) {
            sum += Math.abs(p.get(s) - q.get(s));
        }
        return sum / 2;
    }
}
