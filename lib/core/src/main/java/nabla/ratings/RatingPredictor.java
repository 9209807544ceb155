package nabla.ratings;

import nabla.data.Ratings;
import nabla.math.Interrupts;
import nabla.math.Require;

/** Says what score a user would give to films that the user has not rated yet. */
@FunctionalInterface
public interface RatingPredictor {
    /** The expected scores of some films. */
    double[] predict(int user, int... films);

    /**
     * The root of the mean squared error on ratings that the predictor has not seen.
     *
     * @throws IllegalArgumentException if there are none
     */
    default double rmse(Ratings heldOut) {
        Require.present("heldOut", heldOut);
        Require.atLeast("ratings of heldOut", heldOut.count(), 1);
        double squares = 0;
        for (int user = 0; user < heldOut.users(); user++) {
            Interrupts.check("prediction interrupted at user %d", user);
            if (heldOut.count(user) > 0) {
                double[] predicted = predict(user, heldOut.films(user));
                for (int r = 0; r < predicted.length; r++) {
                    squares += Math.pow(predicted[r] - heldOut.score(heldOut.first(user) + r), 2);
                }
            }
        }
        return Math.sqrt(squares / heldOut.count());
    }
}
