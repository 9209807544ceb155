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

    @Test
    void labelsOfLargeNumbersThatAreCloseTogetherDiffer() {
        Scale.Linear seconds = new Scale.Linear(1.7e9, 1.7e9 + 240, 0, 600);

        assertEquals(List.of("1700000000", "1700000100", "1700000200"), labels(seconds, 200));
    }

    private static Scale dates(String from, String to) {
        return new DateScale(new Scale.Linear(DateScale.parse(from), DateScale.parse(to), 0, 600));
    }

    @Test
    void datesAreMillisecondsSince1970() {
        assertEquals(0, DateScale.parse("1970-01-01"));
        assertEquals(86_400_000.0 * 365 + 3_723_500, DateScale.parse("1971-01-01T01:02:03.5"));
        assertEquals(1_700_000_000_000.0, DateScale.parse("2023-11-14T22:13:20Z"));
        assertTrue(Double.isNaN(DateScale.parse("2024-02-30")));
        assertTrue(Double.isNaN(DateScale.parse("2024")), "a number");
    }

    @Test
    void datesHaveTicksAtTheBeginningsOfWhatTheyCount() {
        assertEquals(List.of("2020", "2022", "2024"), labels(dates("2019-05-01", "2024-02-01"), 200));
        assertEquals(List.of("Dec\n2023", "Jan\n2024", "Feb"), labels(dates("2023-11-20", "2024-02-10"), 180));
        assertEquals(List.of("Jan 1\n2024", "Jan 8"), labels(dates("2023-12-30", "2024-01-10"), 300), "Mondays");
        assertEquals(
                List.of("18:00\nFeb 28, 2024", "00:00\nFeb 29, 2024", "06:00"),
                labels(dates("2024-02-28T16:00", "2024-02-29T07:00"), 200));
        assertEquals(
                List.of("00:00:30\nJan 1, 2024", "00:01:00"),
                labels(dates("2024-01-01T00:00:10", "2024-01-01T00:01:05"), 250));
    }
}
