package nabla.deep;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import nabla.math.Activation;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;

/** Layers of many shapes with random parameters, and what they compute, written as loops over single numbers. */
final class Layers {
    private Layers() {}

    /** What a convolution looks at, with which window, and how many channels it makes of it. */
    record Geometry(ImageSize image, Window window, int K) {
        Geometry(int height, int width, int channels, int size, int stride, int padding, int K) {
            this(new ImageSize(height, width, channels), new Window(size, stride, padding), K);
        }

        int patch() {
            return window.size() * window.size() * image.channels();
        }

        Convolution convolution(Activation f, SplittableRandom rng) {
            return new Convolution(
                    image, window, Randoms.normal(patch(), K, 0.5, rng), Randoms.normal(K, 1, 0.5, rng), f);
        }

        TransposedConvolution transposed(Activation f, SplittableRandom rng) {
            SimpleMatrix W = Randoms.normal(patch(), K, 0.5, rng);
            return new TransposedConvolution(image, window, W, Randoms.normal(image.channels(), 1, 0.5, rng), f);
        }
    }

    /** Images that are no squares, 1 to 3 channels, windows that do not fit evenly, or see more padding than image. */
    static final List<Geometry> GEOMETRIES = List.of(
            new Geometry(3, 4, 1, 3, 1, 1, 2),
            new Geometry(4, 3, 2, 3, 2, 1, 3),
            new Geometry(5, 3, 3, 2, 2, 0, 1), // the last row and the last column are not seen
            new Geometry(5, 6, 1, 4, 3, 1, 2),
            new Geometry(4, 4, 1, 4, 2, 1, 2),
            new Geometry(2, 4, 2, 1, 1, 0, 3),
            new Geometry(4, 5, 1, 1, 3, 0, 2), // places between which nothing is seen
            new Geometry(2, 3, 1, 3, 1, 2, 2),
            new Geometry(2, 1, 2, 4, 2, 3, 2),
            new Geometry(1, 1, 3, 1, 1, 0, 1));

    static Dense dense(int inputs, int outputs, Activation f, SplittableRandom rng) {
        return new Dense(Randoms.normal(inputs, outputs, 0.5, rng), Randoms.normal(outputs, 1, 0.5, rng), f);
    }

    /** One of each kind for each geometry. */
    static List<Layer> all(Activation f, SplittableRandom rng) {
        List<Layer> layers = new ArrayList<>();
        for (int[] shape : new int[][] {{1, 1}, {4, 3}, {2, 5}}) {
            layers.add(dense(shape[0], shape[1], f, rng));
        }
        for (Geometry geometry : GEOMETRIES) {
            layers.add(geometry.convolution(f, rng));
            layers.add(geometry.transposed(f, rng));
        }
        return layers;
    }

    static double f(Activation f, double z) {
        return switch (f) {
            case TANH -> Math.tanh(z);
            case SIGMOID -> 1 / (1 + Math.exp(-z));
            case RELU -> z > 0 ? z : 0;
            case LEAKY_RELU -> z > 0 ? z : z / 5;
            case IDENTITY -> z;
        };
    }

    static SimpleMatrix dense(Layer layer, SimpleMatrix X) {
        SimpleMatrix Z = new SimpleMatrix(X.getNumRows(), layer.W.getNumCols());
        for (int n = 0; n < X.getNumRows(); n++) {
            for (int j = 0; j < Z.getNumCols(); j++) {
                double z = layer.b.get(j);
                for (int i = 0; i < X.getNumCols(); i++) {
                    z += X.get(n, i) * layer.W.get(i, j);
                }
                Z.set(n, j, z);
            }
        }
        return Z;
    }

    /** How many places a window has, counted by going through them. */
    private static int places(int length, Window window) {
        int count = 0;
        for (int first = -window.padding();
                first + window.size() <= length + window.padding();
                first += window.stride()) {
            count++;
        }
        return count;
    }

    static SimpleMatrix convolution(Layer layer, Geometry geometry, SimpleMatrix X) {
        ImageSize image = geometry.image;
        Window window = geometry.window;
        int rows = places(image.height(), window);
        int columns = places(image.width(), window);
        SimpleMatrix Z = new SimpleMatrix(X.getNumRows(), rows * columns * geometry.K);
        for (int n = 0; n < X.getNumRows(); n++) {
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    for (int k = 0; k < geometry.K; k++) {
                        double z = layer.b.get(k);
                        for (int i = 0; i < window.size(); i++) {
                            for (int j = 0; j < window.size(); j++) {
                                int y = row * window.stride() + i - window.padding();
                                int x = column * window.stride() + j - window.padding();
                                if (y < 0 || x < 0 || y >= image.height() || x >= image.width()) {
                                    continue;
                                }
                                for (int c = 0; c < image.channels(); c++) {
                                    z += layer.W.get((i * window.size() + j) * image.channels() + c, k)
                                            * X.get(n, (y * image.width() + x) * image.channels() + c);
                                }
                            }
                        }
                        Z.set(n, (row * columns + column) * geometry.K + k, z);
                    }
                }
            }
        }
        return Z;
    }

    /** Every pixel of the result gathers what reaches it. */
    static SimpleMatrix transposed(Layer layer, Geometry geometry, SimpleMatrix X) {
        ImageSize image = geometry.image;
        Window window = geometry.window;
        int rows = places(image.height(), window);
        int columns = places(image.width(), window);
        SimpleMatrix Z = new SimpleMatrix(X.getNumRows(), image.elements());
        for (int n = 0; n < X.getNumRows(); n++) {
            for (int y = 0; y < image.height(); y++) {
                for (int x = 0; x < image.width(); x++) {
                    for (int c = 0; c < image.channels(); c++) {
                        double z = layer.b.get(c);
                        for (int row = 0; row < rows; row++) {
                            for (int column = 0; column < columns; column++) {
                                int i = y + window.padding() - row * window.stride();
                                int j = x + window.padding() - column * window.stride();
                                if (i < 0 || j < 0 || i >= window.size() || j >= window.size()) {
                                    continue;
                                }
                                for (int k = 0; k < geometry.K; k++) {
                                    z += layer.W.get((i * window.size() + j) * image.channels() + c, k)
                                            * X.get(n, (row * columns + column) * geometry.K + k);
                                }
                            }
                        }
                        Z.set(n, (y * image.width() + x) * image.channels() + c, z);
                    }
                }
            }
        }
        return Z;
    }
}
