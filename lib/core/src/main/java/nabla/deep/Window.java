package nabla.deep;

import nabla.math.Require;

/**
 * The window through which a convolution looks at an image, from one place after the other.
 *
 * @param size its rows, and as many columns, at least 1
 * @param stride from one place to the next, at least 1
 * @param padding rows and columns of zeros around the image, from 0 to {@code size - 1}
 */
public record Window(int size, int stride, int padding) {
    /**
     * A window.
     *
     * @throws IllegalArgumentException if a number is out of its range
     */
    public Window {
        Require.atLeast("size", size, 1);
        Require.between("size", size, 1, 1 << 15); // a patch has size x size places
        Require.atLeast("stride", stride, 1);
        Require.between("padding", padding, 0, size - 1);
    }

    /**
     * The size of what a convolution makes of an image.
     *
     * @param channels of the result
     * @throws IllegalArgumentException if the window does not fit into the image and its padding
     */
    public ImageSize over(ImageSize image, int channels) {
        Require.present("image", image);
        Require.atLeast("channels", channels, 1);
        return new ImageSize(places(image.height()), places(image.width()), channels);
    }

    /** How many places there are along {@code length} pixels. */
    private int places(int length) {
        long padded = length + 2L * padding;
        if (padded < size) {
            throw new IllegalArgumentException(
                    "window: expected at most " + padded + " pixels, those of the image and its padding, got " + size);
        }
        return (int) Math.min(Integer.MAX_VALUE, (padded - size) / stride + 1);
    }
}
