package nabla.rbm;

import org.ejml.simple.SimpleMatrix;

/**
 * How an RBM stands at the end of an epoch.
 *
 * @param epoch counted from 1; 0 is the state before training
 * @param reconstructionError squared difference to the mean-field reconstruction, a mean over examples and units. Easy to
 *     measure, and not what training improves
 * @param pseudoLikelihood nats per example, on training data; NaN when those are gray values, which are no states, or real numbers
 * @param freeEnergyGap mean free energy of held-out minus that of training examples, in nats: grows when the model
 *     overfits (Hinton 2012, section 6); 0 without held-out data
 * @param logLikelihood exact, nats per example, on training data; NaN when those are gray values, or the smaller layer has more than 16 units
 */
public record EpochReport(
        int epoch, double reconstructionError, double pseudoLikelihood, double freeEnergyGap, double logLikelihood) {
    private static final int AFFORDABLE_UNITS = 16;

    /** Measures a model on the given rows. {@code heldOut} may have no rows; without any in {@code train} all figures are NaN. */
    static EpochReport of(int epoch, Rbm rbm, SimpleMatrix train, SimpleMatrix heldOut) {
        if (train.getNumRows() == 0) {
            return new EpochReport(epoch, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double gap = heldOut.getNumRows() == 0 ? 0 : meanFreeEnergy(rbm, heldOut) - meanFreeEnergy(rbm, train);
        boolean states = rbm.visibleUnits().areStates(train);
        boolean affordable = (rbm.isBinary() ? Math.min(rbm.m(), rbm.n()) : rbm.n()) <= AFFORDABLE_UNITS;
        return new EpochReport(
                epoch,
                rbm.reconstructionError(train),
                states && rbm.isBinary() ? LogPseudolikelihood.mean(rbm, train) : Double.NaN,
                gap,
                states && affordable ? rbm.meanLogLikelihood(train) : Double.NaN);
    }

    /** The figures that there are, and why there is no likelihood. */
    @Override
    public String toString() {
        boolean none = Double.isNaN(pseudoLikelihood) && Double.isNaN(logLikelihood);
        return "EpochReport[epoch=" + epoch + ", reconstructionError=" + reconstructionError
                + (Double.isNaN(pseudoLikelihood) ? "" : ", pseudoLikelihood=" + pseudoLikelihood)
                + ", freeEnergyGap=" + freeEnergyGap
                + (none
                        ? ", no likelihood: gray values have none, and more than " + AFFORDABLE_UNITS
                                + " units are not enumerated]"
                        : ", logLikelihood=" + logLikelihood + "]");
    }

    private static double meanFreeEnergy(Rbm rbm, SimpleMatrix V) {
        return rbm.freeEnergy(V).elementSum() / V.getNumRows();
    }
}
