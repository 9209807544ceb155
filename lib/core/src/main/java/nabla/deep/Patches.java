package nabla.deep;

import java.util.Arrays;
import nabla.math.fast.Parallel;
import org.ejml.data.DMatrixRMaj;

/**
 * What a window sees of an image from each of its places, a patch of size x size x channels numbers, as a row of a matrix. With patches as
 * rows a convolution is a matrix product. {@link #gather} and {@link #scatter} are linear maps, each the transpose of the other.
 */
final class Patches {
    private static final int WORTH_SHARING = 1 << 14; // elements of patches

    private final ImageSize image;
    private final Window window;
    private final ImageSize places;

    Patches(ImageSize image, Window window) {
        this.image = image;
        this.window = window;
        places = window.over(image, 1);
    }

    /** How many places there are in an image. */
    int places() {
        return places.elements();
    }

    /** How many numbers a patch has. */
    int elements() {
        return window.size() * window.size() * image.channels();
    }

    /** A run of numbers that lie beside each other in the image and in a patch: one row of the window, as far as it is in the image. */
    @FunctionalInterface
    private interface Run {
        /** Works on {@code length} numbers. */
        void on(int inImage, int inPatch, int length);
    }

    /**
     * Copies the patches out of the images.
     *
     * @param X N x image, not modified
     * @param P (N places) x patch, overwritten; zeros where a window looks beyond the image
     */
    void gather(DMatrixRMaj X, DMatrixRMaj P) {
        P.reshape(X.numRows * places(), elements());
        Parallel.forEach(X.numRows, images(), (from, to) -> {
            Arrays.fill(P.data, from * places() * elements(), to * places() * elements(), 0);
            forEachRun(from, to, (inImage, inPatch, length) -> {
                System.arraycopy(X.data, inImage, P.data, inPatch, length);
            });
        });
    }

    /**
     * Adds the patches to the images; where windows overlap, the sum of all.
     *
     * @param P (N places) x patch, not modified
     * @param X N x image, added to
     */
    void scatter(DMatrixRMaj P, DMatrixRMaj X) {
        Parallel.forEach(
                X.numRows,
                images(),
                (from, to) -> forEachRun(from, to, (inImage, inPatch, length) -> {
                    for (int i = 0; i < length; i++) {
                        X.data[inImage + i] += P.data[inPatch + i];
                    }
                }));
    }

    /** How many images are worth the while of another thread. */
    private int images() {
        return Math.max(1, WORTH_SHARING / (places() * elements()));
    }

    private void forEachRun(int fromImage, int toImage, Run run) {
        int patch = fromImage * places();
        for (int n = fromImage; n < toImage; n++) {
            for (int row = 0; row < places.height(); row++) {
                for (int column = 0; column < places.width(); column++, patch++) {
                    int top = row * window.stride() - window.padding();
                    int left = column * window.stride() - window.padding();
                    forEachRun(n * image.elements(), top, left, patch * elements(), run);
                }
            }
        }
    }

    /** All rows of one window, whose upper left corner is at (top, left). */
    private void forEachRun(int startOfImage, int top, int left, int startOfPatch, Run run) {
        int channels = image.channels();
        int firstColumn = Math.max(0, left);
        int length = (Math.min(image.width(), left + window.size()) - firstColumn) * channels;
        for (int i = 0; i < window.size(); i++) {
            int y = top + i;
            if (y >= 0 && y < image.height()) {
                run.on(
                        startOfImage + (y * image.width() + firstColumn) * channels,
                        startOfPatch + (i * window.size() + firstColumn - left) * channels,
                        length);
            }
        }
    }
}
