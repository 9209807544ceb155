package nabla.recurrent;

import nabla.data.Targets;
import org.ejml.data.DMatrixRMaj;

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
    static double at(int t, Answers answers, Targets y) {
        int B = y.batch();
        int k = y.width();
        double[] logits = answers.logits.getDDRM().data;
        double[] yHat = answers.yHat.getDDRM().data;
        double[] target = y.stacked().getDDRM().data;
        double sum = 0;
        for (int b = 0; b < B; b++) {
            if (!y.isAsked(t, b)) {
                continue;
            }
            int row = (t - 1) * B + b;
            for (int i = row * k; i < (row + 1) * k; i++) {
                if (y.areClasses()) {
                    sum += target[i] * (answers.logSums[row] - logits[i]); // -y log softmax, never log of 0
                } else {
                    sum += (target[i] - yHat[i]) * (target[i] - yHat[i]);
                }
            }
        }
        return sum / B;
    }

    /**
     * The derivative of the loss, summed over all steps, with respect to the logits.
     *
     * @param dLogits (T B) x k, overwritten; zero where nothing is asked
     */
    static void gradient(Answers answers, boolean isSoftmax, Targets y, DMatrixRMaj dLogits) {
        int B = y.batch();
        int k = y.width();
        double[] g = dLogits.data;
        double[] answer = answers.yHat.getDDRM().data;
        double[] target = y.stacked().getDDRM().data;
        dLogits.zero();
        for (int row = 0; row < dLogits.numRows; row++) {
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
    }
}
