package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static List<String> labels(Scale scale, double gap) {
        return scale.ticks(gap).stream().map(Scale.Tick::label).toList();
    }

    @Test
    void linearTicksAreRoundAndLineUp() {
        assertEquals(List.of("0.0", "0.5", "1.0", "1.5", "2.0"), labels(new Scale.Linear(0, 2.1, 0, 210), 40));
        assertEquals(List.of("\u221220", "0", "20"), labels(new Scale.Linear(-25, 35, 300, 0), 80));
        assertEquals(List.of("0", "1000000", "2000000"), labels(new Scale.Linear(0, 2e6, 0, 200), 80));
        assertEquals(List.of("0", "1e\u22127", "2e\u22127"), labels(new Scale.Linear(0, 2e-7, 0, 200), 80));
    }

    @Test
    void logarithmicTicksArePowersOfTenAndMoreOnAShortAxis() {
        assertEquals(List.of("10\u207b\u2074", "0.001", "0.01"), labels(new Scale.Log(-4, -2, 0, 100), 40));
        assertEquals(List.of("1", "2", "5", "10"), labels(new Scale.Log(0, 1, 0, 200), 40));
        assertEquals(List.of("1", "1000"), labels(new Scale.Log(-1, 5, 0, 100), 40));
    }

    @Test
    void crowdedNamesAreThinnedToRoundSteps() {
        Scale.Linear places = new Scale.Linear(-0.5, 9.5, 0, 100);
        Scale names = new Scale.Category(List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"), places);

        assertEquals(List.of("a", "f"), labels(names, 25));
        assertEquals(10, names.ticks(10).size());
        assertEquals(5, names.at(0), 1e-12);
    }

    @Test
    void aLogarithmicAxisCannotShowZero() {
        assertTrue(Double.isNaN(new Scale.Log(0, 1, 0, 100).at(0)));
        assertEquals(50, new Scale.Log(0, 2, 0, 100).at(10), 1e-12);
    }
}
