package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class BinsTest {
    @Test
    void aValueOnAnEdgeBelongsToTheBinAbove() {
        Bins bins = new Bins(0, 0.1, 3);

        assertArrayEquals(new double[] {1, 2, 1}, bins.counts(DoubleStream.of(0, 0.1, 0.15, 0.1 + 0.1, 0.3, -1)));
    }

    @Test
    void everyValueIsInABinAndThereAreAboutAsManyBinsAsWanted() {
        for (int seed = 0; seed < 50; seed++) {
            double[] values =
                    new Random(seed).doubles(100, -3, 4).map(v -> v * v * v).toArray();
            Bins bins = Bins.of(values, 20);

            assertEquals(100, Arrays.stream(bins.counts(Arrays.stream(values))).sum());
            assertTrue(bins.count() >= 10 && bins.count() <= 30, bins::toString);
        }
    }
}
