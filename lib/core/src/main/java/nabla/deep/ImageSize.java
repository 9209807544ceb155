package nabla.deep;

import nabla.math.Require;

/**
 * How an image lies in a row of a matrix: row by row of the image, and at each place its channels, so that channel c at (y, x) is element
 * (y width + x) channels + c.
 *
 * @param height rows of the image, at least 1
 * @param width its columns, at least 1
 * @param channels numbers at each place, at least 1
 */
public record ImageSize(int height, int width, int channels) {
    /**
     * A size.
     *
     * @throws IllegalArgumentException if a number is not positive, or an image would have too many elements for an array
     */
    public ImageSize {
        Require.atLeast("height", height, 1);
        Require.atLeast("width", width, 1);
        Require.atLeast("channels", channels, 1);
        if ((double) height * width * channels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("height, width and channels: expected at most 2^31 - 1 elements, got "
                    + height + "x" + width + "x" + channels);
        }
    }

    /** How many numbers an image has. */
    public int elements() {
        return height * width * channels;
    }

    @Override
    public String toString() {
        return height + "x" + width + "x" + channels;
    }
}
