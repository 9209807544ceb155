package nabla.data;

import static nabla.Checks.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RatingsTest {
    @TempDir
    Path folder;

    private final Ratings three = Ratings.table(3, new int[][] {{1, 0, 3, 2}, {0, 0, 0, 0}, {3, 3, 0, 0}});

    @Test
    void aTable() {
        assertEquals("Ratings[3 users, 4 films, 5 scores from 1 to 3]", three.toString());
        assertEquals(3, three.count(0));
        assertEquals(0, three.count(1));
        assertArrayEquals(new int[] {0, 2, 3}, three.films(0));
        assertArrayEquals(new int[] {1, 3, 2}, three.scores(0));
        assertArrayEquals(new int[] {}, three.films(1));
        assertEquals(3, three.score(2, 1));
        assertEquals(0, three.score(2, 2));
        assertEquals(3, three.first(2));
        assertEquals(5, three.first(3));
        assertEquals(1, three.film(4));
        assertEquals(3, three.score(4));
    }

    @Test
    void theIndicatorMatrix() {
        SimpleMatrix expected = new SimpleMatrix(new double[][] {{1, 0, 0, 0}, {0, 0, 0, 1}, {0, 0, 1, 0}});
        assertTrue(three.indicators(0).isIdentical(expected, 0));
        assertEquals(0, three.indicators(1).elementMaxAbs());
    }

    @Test
    void anyOrderIsTheSame() {
        Ratings mixed =
                Ratings.of(3, 3, 4, new int[] {2, 0, 0, 2, 0}, new int[] {1, 3, 0, 0, 2}, new int[] {3, 2, 1, 3, 3});
        for (int user = 0; user < 3; user++) {
            assertArrayEquals(three.films(user), mixed.films(user));
            assertArrayEquals(three.scores(user), mixed.scores(user));
        }
    }

    /** Every rating is in one of the two, a fifth of each user's (rounded down) is held out, and each as often: within 4 standard errors. */
    @Test
    void splits() {
        int[] times = new int[3];
        SplittableRandom rng = new SplittableRandom(1);
        int runs = 3_000;
        for (int run = 0; run < runs; run++) {
            Ratings.Split split = three.split(0.4, rng);
            assertEquals(1, split.heldOut().count(0));
            assertEquals(0, split.heldOut().count(1));
            assertEquals(0, split.heldOut().count(2)); // 0.4 of two
            assertEquals(5, split.known().count() + split.heldOut().count());
            for (int user = 0; user < 3; user++) {
                for (int film = 0; film < 4; film++) {
                    int known = split.known().score(user, film);
                    int heldOut = split.heldOut().score(user, film);
                    assertEquals(three.score(user, film), known + heldOut);
                    assertTrue(known == 0 || heldOut == 0);
                }
            }
            times[split.heldOut().score(0) - 1]++;
        }
        for (int count : times) {
            assertEquals(runs / 3.0, count, 4 * Math.sqrt(runs * 2 / 9.0));
        }
        assertEquals(0, three.split(0, rng).heldOut().count());
    }

    @Test
    void badRatingsAreRefused() {
        assertRefused(
                "scores: expected numbers from 0 to 3, got 4 for user 0, film 0",
                () -> Ratings.table(3, new int[][] {{4}}));
        assertRefused(
                "scores: expected numbers from 0 to 3, got -1 for user 0, film 1",
                () -> Ratings.table(3, new int[][] {{1, -1}}));
        assertRefused(
                "score of rating 1: expected a number from 1 to 3, got 300",
                () -> Ratings.of(3, 1, 2, new int[] {0, 0}, new int[] {0, 1}, new int[] {1, 300}));
        assertRefused(
                "scores: expected 2 films in each row, got 1 in row 1",
                () -> Ratings.table(3, new int[][] {{1, 2}, {3}}));
        assertRefused("K: expected a number from 2 to 100, got 1", () -> Ratings.table(1, new int[][] {{1}}));
        assertRefused(
                "ratings: expected one of a user for a film, got two of user 1 for film 0",
                () -> Ratings.of(3, 2, 2, new int[] {1, 0, 1}, new int[] {0, 0, 0}, new int[] {1, 2, 3}));
        assertRefused(
                "user of rating 1: expected a number from 0 to 1, got 2",
                () -> Ratings.of(3, 2, 2, new int[] {1, 2}, new int[] {0, 0}, new int[] {1, 2}));
        assertRefused(
                "film of rating 0: expected a number from 0 to 1, got -1",
                () -> Ratings.of(3, 2, 2, new int[] {1}, new int[] {-1}, new int[] {1}));
        assertRefused(
                "user, film, score: expected as many of each, got 1, 2, 1",
                () -> Ratings.of(3, 2, 2, new int[] {1}, new int[] {1, 0}, new int[] {1}));
        assertRefused("user: expected a number from 0 to 2, got 3", () -> three.films(3));
        assertRefused("film: expected a number from 0 to 3, got 4", () -> three.score(0, 4));
        assertRefused("rating: expected a number from 0 to 4, got 5", () -> three.score(5));
        assertRefused(
                "share: expected a number from 0.0 to 0.9999999999999999, got 1.0",
                () -> three.split(1, new SplittableRandom(1)));
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(folder.resolve(name), List.of(lines));
    }

    private static void assertRead(RatingFile read, double step) {
        assertEquals(List.of("7", "196"), read.users());
        assertEquals(List.of("242", "12", "3"), read.films());
        assertEquals(step, read.step());
        int[][] halves = {{10, 2, 0}, {6, 0, 8}};
        for (int user = 0; user < 2; user++) {
            for (int film = 0; film < 3; film++) {
                assertEquals(halves[user][film] / (2 * step), read.ratings().score(user, film));
            }
        }
    }

    @Test
    void tabs() throws IOException {
        assertRead(
                RatingFile.read(file(
                        "u.data",
                        "7\t242\t5\t881250949",
                        "196\t242\t3\t881250949",
                        "7\t12\t1\t881250950",
                        "196\t3\t4\t0")),
                1);
    }

    @Test
    void colons() throws IOException {
        assertRead(
                RatingFile.read(
                        file("ratings.dat", "7::242::5::978300760", "196::242::3::1", "7::12::1::1", "196::3::4::2")),
                1);
    }

    @Test
    void commas() throws IOException {
        String header = "userId,movieId,rating,timestamp";
        Path file = file("ratings.csv", header, "7,242,5.0,1", "196,242,3.0,1", "7,12,1.0,1", "196,3,4.0,1");
        assertRead(RatingFile.read(file), 1);
        assertEquals(5, RatingFile.read(file).ratings().K());
        RatingFile halves = RatingFile.read(file("halves.csv", header, "7,242,0.5,1", "196,242,5.0,1"));
        assertEquals(0.5, halves.step());
        assertEquals(10, halves.ratings().K());
        assertEquals(1, halves.ratings().score(0, 0));
        assertEquals(10, halves.ratings().score(1, 0));
    }

    @Test
    void netflix() throws IOException {
        Path one = file("mv_1.txt", "242:", "7,5,2005-09-06", "196,3,2005-05-13");
        assertEquals(2, RatingFile.read(one).ratings().count());
        file("mv_2.txt", "12:", "7,1,2005-09-06", "3:", "196,4,2005-05-13");
        file("README", "nothing to read");
        assertRead(RatingFile.read(folder), 1);
    }

    private void assertDamaged(String message, String... lines) throws IOException {
        Path file = file("damaged", lines);
        assertEquals(
                file + message,
                assertThrows(IOException.class, () -> RatingFile.read(file)).getMessage());
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        assertDamaged(" line 2: expected a score from 0.5 to 5 in steps of 0.5, got \"6\"", "1\t2\t3\t0", "1\t3\t6\t0");
        assertDamaged(" line 2: expected a score from 0.5 to 5 in steps of 0.5, got \"0\"", "1\t2\t3\t0", "1\t3\t0\t0");
        assertDamaged(" line 1: expected a score from 0.5 to 5 in steps of 0.5, got \"3.2\"", "1\t2\t3.2\t0");
        assertDamaged(
                " line 3: user 1 has rated film 2 before, in " + folder.resolve("damaged") + " line 1",
                "1\t2\t3\t0",
                "1\t3\t3\t0",
                "1\t2\t4\t0");
        assertDamaged(" line 2: expected a user, got nothing", "1\t2\t3\t0", "\t3\t3\t0");
        assertDamaged(" line 2: expected a film, got nothing", "1::2::3::0", "1::::3::0");
        assertDamaged(" line 2: expected a user, got nothing", "1:", ",3,2005-01-01");
        assertDamaged(" line 1: expected a film, got nothing", ":", "1,3,2005-01-01");
        assertDamaged(
                " line 2: expected user, film and score separated by a tab, got \"1 3 3\"", "1\t2\t3\t0", "1 3 3");
        assertDamaged(" line 2: expected user and score separated by \",\", got \"1\"", "5:", "1");
        assertDamaged(
                " line 1: expected user, film and score separated by tabs or \"::\", or the line "
                        + "\"userId,movieId,rating,timestamp\", or a film followed by \":\"; got \"1;2;3\"",
                "1;2;3");
        assertDamaged(": expected ratings, found none", "userId,movieId,rating,timestamp");
        assertDamaged(": expected ratings, found none");
        Path missing = folder.resolve("missing");
        assertTrue(assertThrows(IOException.class, () -> RatingFile.read(missing))
                .getMessage()
                .contains(missing.toString()));
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertEquals(
                empty + ": expected files *.txt with ratings, found none",
                assertThrows(IOException.class, () -> RatingFile.read(empty)).getMessage());
    }

    @Test
    void plantedRatingsHaveTheirTruth() {
        PlantedRatings planted = PlantedRatings.draw(400, 30, 3_600, new SplittableRandom(1));
        Ratings ratings = planted.ratings();
        assertEquals(3_600, ratings.count());
        assertEquals(400, ratings.users());
        assertEquals(5, ratings.K());
        for (int user = 0; user < 400; user++) {
            assertTrue(ratings.count(user) >= 4 && ratings.count(user) <= 14, "" + ratings.count(user));
        }
        // Who likes a genre rates its films higher: two users in three differ by about two scores.
        double[] sum = new double[2];
        double[] count = new double[2];
        for (int user = 0; user < 400; user++) {
            for (int film : ratings.films(user)) {
                int likes = planted.likes(user, film % 4) ? 1 : 0;
                sum[likes] += ratings.score(user, film);
                count[likes]++;
            }
        }
        assertTrue(sum[1] / count[1] > sum[0] / count[0] + 1.5);
        assertEquals("romance 6", planted.name(6));
    }

    /** The best prediction by Bayes' rule: no constant shift or shrinkage of it does better on 3,600 other ratings of the same users. */
    @Test
    void noOtherPredictionIsBetterThanTheTruth() {
        PlantedRatings planted = PlantedRatings.draw(400, 60, 7_200, new SplittableRandom(2));
        Ratings.Split split = planted.ratings().split(0.5, new SplittableRandom(3));
        double n = 0;
        double errors = 0;
        double squares = 0;
        double slope = 0;
        for (int user = 0; user < 400; user++) {
            double[] predicted =
                    planted.predict(split.known(), user, split.heldOut().films(user));
            int[] scores = split.heldOut().scores(user);
            for (int r = 0; r < scores.length; r++) {
                double error = scores[r] - predicted[r];
                n++;
                errors += error;
                squares += error * error;
                slope += error * (predicted[r] - 3);
            }
        }
        double deviation = Math.sqrt(squares / n);
        assertEquals(0, errors / n, 4 * deviation / Math.sqrt(n)); // 4 standard errors
        assertEquals(0, slope / n, 4 * 2 * deviation / Math.sqrt(n)); // the factor is at most 2
    }

    @Test
    void badPlansAreRefused() {
        SplittableRandom rng = new SplittableRandom(1);
        assertRefused("count: expected a number from 1 to 33, got 34", () -> PlantedRatings.draw(10, 10, 34, rng));
        assertRefused("users: expected at least 1, got 0", () -> PlantedRatings.draw(0, 10, 1, rng));
        assertRefused("films: expected at least 1, got 0", () -> PlantedRatings.draw(1, 0, 1, rng));
        PlantedRatings planted = PlantedRatings.draw(10, 10, 30, rng);
        assertRefused("user: expected a number from 0 to 9, got 10", () -> planted.predict(planted.ratings(), 10, 0));
        assertRefused("film: expected a number from 0 to 9, got 10", () -> planted.name(10));
        assertRefused(
                "known: expected 10 films with scores from 1 to 5, got Ratings[1 users, 1 films, 1 scores from 1 to 5]",
                () -> planted.predict(Ratings.table(5, new int[][] {{1}}), 0, 0));
    }
}
