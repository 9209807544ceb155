package nabla.recurrent;

import nabla.data.Targets;
import nabla.math.Functions;
import org.ejml.simple.SimpleMatrix;

/**
 * What is minimised: the cross-entropy of classes or the squared error (without a factor 1/2) of values, a sum over steps and a mean
 * over the sequences of a batch.
 */
final class Loss {
    private Loss() {}

    /**
     * The loss at one step.
     *
     * @param t from 1 to T
     */
    static double at(int t, SimpleMatrix logits, SimpleMatrix yHat, Targets y) {
        int B = y.batch();
        int k = y.width();
        double sum = 0;
        double[] row = new double[k];
        for (int b = 0; b < B; b++) {
            if (!y.isAsked(t, b)) {
                continue;
            }
            int start = ((t - 1) * B + b) * k;
            if (y.areClasses()) {
                System.arraycopy(logits.getDDRM().data, start, row, 0, k);
                double logSum = Functions.logSumExp(row);
                for (int i = 0; i < k; i++) {
                    sum += y.stacked().get(start + i) * (logSum - row[i]); // -y log softmax, never log of 0
                }
            } else {
                for (int i = 0; i < k; i++) {
                    double error = y.stacked().get(start + i) - yHat.get(start + i);
                    sum += error * error;
                }
            }
        }
        return sum / B;
    }

    /**
     * The derivative of the loss, summed over all steps, with respect to the logits.
     *
     * @return (T B) x k, zero where nothing is asked
     */
    static SimpleMatrix gradient(SimpleMatrix yHat, boolean isSoftmax, Targets y) {
        int B = y.batch();
        int k = y.width();
        SimpleMatrix gradient = new SimpleMatrix(yHat.getNumRows(), k);
        double[] g = gradient.getDDRM().data;
        double[] answer = yHat.getDDRM().data;
        double[] target = y.stacked().getDDRM().data;
        for (int row = 0; row < yHat.getNumRows(); row++) {
            if (!y.isAsked(row / B + 1, row % B)) {
                continue;
            }
            int start = row * k;
            double error = y.areClasses() ? 1.0 / B : 2.0 / B;
            for (int i = start; i < start + k; i++) {
                g[i] = error * (answer[i] - target[i]);
            }
            if (isSoftmax && !y.areClasses()) { // through the softmax: (diag(yHat) - yHat yHat') times the error
                double mean = 0;
                for (int i = start; i < start + k; i++) {
                    mean += answer[i] * g[i];
                }
                for (int i = start; i < start + k; i++) {
                    g[i] = answer[i] * (g[i] - mean);
                }
            }
        }
        return gradient;
    }
}
