package nabla.ratings;

/**
 * How the RBM of ratings stands at the end of an epoch.
 *
 * @param epoch counted from 1; 0 is the state before training
 * @param rmse on held-out ratings, predicted exactly ({@link RatingRbm#predictor}); NaN if there are none
 */
public record RatingReport(int epoch, double rmse) {}
