package nabla.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import nabla.Checks;
import nabla.math.Randoms;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** Parameters so large that their elements are shared between threads. */
class OptimizerThreadsTest {
    private static final List<Supplier<Optimizer>> ALL =
            List.of(() -> new Sgd(0.1), () -> new Momentum(0.1, 0.9), () -> new Adam(0.1), () -> new RmsProp(0.1));

    private static Map<String, SimpleMatrix> random(int rows, long seed) {
        SplittableRandom rng = new SplittableRandom(seed);
        Map<String, SimpleMatrix> x = new LinkedHashMap<>();
        x.put("W", Randoms.normal(rows, 101, 1, rng));
        x.put("b", Randoms.normal(101, 1, 1, rng));
        return x;
    }

    private static Map<String, SimpleMatrix> trained(Optimizer optimizer, Map<String, SimpleMatrix> x) {
        for (int step = 0; step < 4; step++) {
            optimizer.step(() -> x, Direction.of(random(x.get("W").getNumRows(), step)));
        }
        return x;
    }

    @Test
    void oneThreadAndTwoGiveTheSameBits() {
        for (Supplier<Optimizer> make : ALL) {
            Checks.assertSameBitsWithTwoThreads(() -> trained(make.get(), random(503, 9)));
            Checks.assertSameBitsWithTwoThreads(() -> trained(make.get().clippingNorm(3), random(503, 9)));
        }
    }

    /** Every element of a large matrix moves as it does alone. */
    @Test
    void elementsMoveAsTheyDoAlone() {
        for (Supplier<Optimizer> make : ALL) {
            Map<String, SimpleMatrix> large = trained(make.get(), random(503, 9));
            for (int e : new int[] {0, 16383, 16384, 32768, 503 * 101 - 1}) {
                Optimizer optimizer = make.get();
                Map<String, SimpleMatrix> one = Map.of("W", element(random(503, 9), e));
                for (int step = 0; step < 4; step++) {
                    optimizer.step(() -> one, Direction.of(Map.of("W", element(random(503, step), e))));
                }
                assertEquals(one.get("W").get(0), large.get("W").get(e), "element " + e);
            }
        }
    }

    private static SimpleMatrix element(Map<String, SimpleMatrix> x, int e) {
        return new SimpleMatrix(1, 1).plus(x.get("W").get(e));
    }
}
