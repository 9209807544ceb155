package nabla.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The command line of {@link SideBySide}.
 *
 * @param python a Python that has the peers, if there is one
 * @param peers the script {@code peers.py}
 * @param repetitions at least 1
 * @param workloads their names, at least one, each once, in the order in which they are run
 */
record Arguments(Optional<String> python, Path peers, int repetitions, List<String> workloads) {
    private static final int REPETITIONS = 11;

    /**
     * Reads the command line: {@code [--python PYTHON] [--peers FILE] [--repetitions N] [NAME...]}.
     *
     * @throws IllegalArgumentException if it is not understood; says what was expected
     */
    static Arguments of(String... words) {
        Optional<String> python = Optional.empty();
        Path peers = Path.of("peers.py");
        int repetitions = REPETITIONS;
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            switch (words[i]) {
                case "--python" -> python = Optional.of(after(words, i++));
                case "--peers" -> peers = Path.of(after(words, i++));
                case "--repetitions" -> repetitions = positive(after(words, i++));
                default -> asked.add(words[i]);
            }
        }
        for (String name : asked) {
            if (!Workloads.NAMES.contains(name)) {
                throw new IllegalArgumentException(Workloads.unknown(name));
            }
        }
        List<String> workloads = asked.isEmpty()
                ? Workloads.NAMES
                : Workloads.NAMES.stream().filter(asked::contains).toList();
        return new Arguments(python, peers, repetitions, workloads);
    }

    private static String after(String[] words, int option) {
        if (option + 1 == words.length) {
            throw new IllegalArgumentException(words[option] + ": expected something after it, got nothing");
        }
        return words[option + 1];
    }

    private static int positive(String word) {
        try {
            int number = Integer.parseInt(word);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("--repetitions: expected a whole number, at least 1, got '" + word + "'");
    }
}
