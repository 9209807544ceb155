package nabla.data;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import nabla.math.Interrupts;
import nabla.math.Require;

/**
 * Ratings read from the files that people have, one rating on each line:
 *
 * <ul>
 *   <li>{@code u.data} of MovieLens 100k: user, film, score, time, separated by tabs
 *   <li>{@code ratings.dat} of MovieLens 1M: the same, separated by {@code ::}
 *   <li>{@code ratings.csv} of the later ones: the same, separated by commas, below the line {@code userId,movieId,rating,timestamp}
 *   <li>the files of the Netflix prize: {@code film:} on a line of its own, below it lines {@code user,score,date}; one file or a folder of
 *       many ({@code *.txt})
 * </ul>
 *
 * Times are not read. Scores in half stars, from 0.5 to 5, become the numbers 1 to 10, and {@code step} is 0.5.
 *
 * @param ratings users and films numbered in the order in which they come
 * @param step what one score is more than the one before, in the file: 1 or 0.5
 * @param users the names of the users in the file
 * @param films the names of the films in the file
 */
public record RatingFile(Ratings ratings, double step, List<String> users, List<String> films) {
    private static final int STARS = 5;
    private static final int BETWEEN_LOOKS = 1 << 12; // lines, for an interrupt
    private static final Pattern SCORE = Pattern.compile("[0-9]([.][05])?");

    /** Checks that there is a name for each user and film. */
    public RatingFile {
        Require.present("ratings", ratings);
        Require.present("users", users);
        Require.present("films", films);
        Require.between("step", step, Double.MIN_VALUE, Double.MAX_VALUE);
        if (users.size() != ratings.users() || films.size() != ratings.films()) {
            throw new IllegalArgumentException("users, films: expected %d and %d names as ratings has, got %d and %d"
                    .formatted(ratings.users(), ratings.films(), users.size(), films.size()));
        }
    }

    /** How the fields of a line are found. */
    private enum Format {
        TABS("\t"),
        COLONS("::"),
        COMMAS(","),
        NETFLIX(",");

        final String separator;

        Format(String separator) {
            this.separator = separator;
        }
    }

    /**
     * Reads a file, or all {@code *.txt} files of a folder.
     *
     * @throws IOException if it cannot be read or is damaged; names file and line
     */
    public static RatingFile read(Path path) throws IOException {
        Require.present("path", path);
        Reading reading = new Reading();
        for (Path file : files(path)) {
            try {
                reading.read(file);
            } catch (IOException e) {
                throw FileErrors.named(file, e);
            }
        }
        return reading.result(path);
    }

    private static List<Path> files(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            List<Path> files =
                    inside.filter(f -> f.toString().endsWith(".txt")).sorted().toList();
            if (files.isEmpty()) {
                throw new IOException(path + ": expected files *.txt with ratings, found none");
            }
            return files;
        }
    }

    /** What has been read so far. */
    private static final class Reading {
        private final RatingList list = new RatingList(2 * STARS); // in half stars
        private final Map<String, Integer> users = new LinkedHashMap<>();
        private final Map<String, Integer> films = new LinkedHashMap<>();
        private final Map<String, Integer> scores = new HashMap<>(); // in half stars
        private final List<Path> files = new ArrayList<>();
        private boolean halves;

        void read(Path file) throws IOException {
            files.add(file);
            forEachRating(file, (place, user, film, score) -> {
                list.add(number(user, users), number(film, films), halfStars(score, place));
            });
        }

        private static int number(String name, Map<String, Integer> numbers) {
            Integer known = numbers.putIfAbsent(name, numbers.size());
            return known == null ? numbers.size() - 1 : known;
        }

        private int halfStars(String score, Place place) throws IOException {
            Integer known = scores.get(score);
            if (known == null) {
                double stars = SCORE.matcher(score).matches() ? Double.parseDouble(score) : 0;
                if (stars < 0.5 || stars > STARS) {
                    throw place.failure("expected a score from 0.5 to 5 in steps of 0.5, got \"" + score + "\"");
                }
                known = (int) (2 * stars);
                scores.put(score, known);
                halves |= known % 2 == 1;
            }
            return known;
        }

        RatingFile result(Path path) throws IOException {
            if (list.count() == 0) {
                throw new IOException(path + ": expected ratings, found none");
            }
            if (!halves) {
                list.halve(STARS);
            }
            try {
                Ratings ratings = list.ratings(users.size(), films.size());
                return new RatingFile(
                        ratings, halves ? 0.5 : 1, List.copyOf(users.keySet()), List.copyOf(films.keySet()));
            } catch (Ratings.TwiceException twice) {
                throw both(
                        List.copyOf(users.keySet()).get(twice.user),
                        List.copyOf(films.keySet()).get(twice.film));
            }
        }

        /** Reads again, to find the two lines. */
        private IOException both(String user, String film) throws IOException {
            List<String> places = new ArrayList<>();
            for (Path file : files) {
                forEachRating(file, (place, u, f, score) -> {
                    if (u.equals(user) && f.equals(film)) {
                        places.add(place.toString());
                    }
                });
            }
            return new IOException(
                    "%s: user %s has rated film %s before, in %s".formatted(places.get(1), user, film, places.get(0)));
        }
    }

    /** Where in a file. */
    private record Place(Path file, long line) {
        IOException failure(String message) {
            return new IOException(this + ": " + message);
        }

        @Override
        public String toString() {
            return file + " line " + line;
        }
    }

    /** What is done with a line. */
    @FunctionalInterface
    private interface Taker {
        void take(Place place, String user, String film, String score) throws IOException;
    }

    private static void forEachRating(Path file, Taker taker) throws IOException {
        // Names are ASCII in all of these files; other letters do no harm.
        try (BufferedReader lines = Files.newBufferedReader(file, ISO_8859_1)) {
            Format format = null;
            String film = ""; // of the Netflix prize
            long number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Place place = new Place(file, ++number);
                if (number % BETWEEN_LOOKS == 0) {
                    Interrupts.check("reading of ratings interrupted at line %d", number);
                }
                if (format == null) {
                    format = format(line, place);
                    if (format == Format.COMMAS) {
                        continue; // the names of the columns
                    }
                }
                if (format == Format.NETFLIX && line.endsWith(":")) {
                    film = line.substring(0, line.length() - 1).strip();
                    requireName("film", film, place);
                } else {
                    String[] fields = line.split(format.separator, -1);
                    boolean netflix = format == Format.NETFLIX;
                    if (fields.length < (netflix ? 2 : 3)) {
                        throw place.failure("expected user%s and score separated by %s, got \"%s\""
                                .formatted(netflix ? "" : ", film", name(format.separator), line));
                    }
                    requireName("user", fields[0], place);
                    requireName("film", netflix ? film : fields[1], place);
                    taker.take(
                            place,
                            fields[0].strip(),
                            netflix ? film : fields[1].strip(),
                            fields[netflix ? 1 : 2].strip());
                }
            }
        }
    }

    private static Format format(String first, Place place) throws IOException {
        if (first.endsWith(":") && !first.contains("::")) {
            return Format.NETFLIX;
        }
        if (first.contains("::")) {
            return Format.COLONS;
        }
        if (first.contains("\t")) {
            return Format.TABS;
        }
        if (first.startsWith("userId,movieId,rating")) {
            return Format.COMMAS;
        }
        throw place.failure("expected user, film and score separated by tabs or \"::\", or the line "
                + "\"userId,movieId,rating,timestamp\", or a film followed by \":\"; got \"" + first + "\"");
    }

    private static String name(String separator) {
        return separator.equals("\t") ? "a tab" : "\"" + separator + "\"";
    }

    private static void requireName(String what, String name, Place place) throws IOException {
        if (name.isBlank()) {
            throw place.failure("expected a " + what + ", got nothing");
        }
    }
}
