package nabla.notebook.draw;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates and times in milliseconds since 1970, as Plotly counts them: without time zones. Ticks stand at the beginnings of
 * years, months, days, hours, minutes or seconds.
 */
record DateScale(Scale.Linear milliseconds) implements Scale {
    private static final Pattern DATE =
            Pattern.compile("(\\d{4})-(\\d\\d)(?:-(\\d\\d)(?:[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(\\.\\d+)?)?)?)?"
                    + "(?:Z|[+-]\\d\\d:?\\d\\d)?");

    /** Steps between ticks, and about how many milliseconds they last. */
    private record Step(int count, ChronoUnit unit) {
        double duration() {
            return count * (double) unit.getDuration().toMillis();
        }
    }

    private static final List<Step> STEPS = List.of(
            new Step(1, ChronoUnit.SECONDS),
            new Step(2, ChronoUnit.SECONDS),
            new Step(5, ChronoUnit.SECONDS),
            new Step(10, ChronoUnit.SECONDS),
            new Step(30, ChronoUnit.SECONDS),
            new Step(1, ChronoUnit.MINUTES),
            new Step(2, ChronoUnit.MINUTES),
            new Step(5, ChronoUnit.MINUTES),
            new Step(10, ChronoUnit.MINUTES),
            new Step(30, ChronoUnit.MINUTES),
            new Step(1, ChronoUnit.HOURS),
            new Step(3, ChronoUnit.HOURS),
            new Step(6, ChronoUnit.HOURS),
            new Step(12, ChronoUnit.HOURS),
            new Step(1, ChronoUnit.DAYS),
            new Step(2, ChronoUnit.DAYS),
            new Step(7, ChronoUnit.DAYS),
            new Step(14, ChronoUnit.DAYS),
            new Step(1, ChronoUnit.MONTHS),
            new Step(3, ChronoUnit.MONTHS),
            new Step(6, ChronoUnit.MONTHS));

    /** Whether a text is a date, or a date and a time, in the notation of ISO 8601. */
    static boolean isDate(String text) {
        return !Double.isNaN(parse(text));
    }

    /** Milliseconds since 1970 of such a text; NaN of any other. */
    static double parse(String text) {
        Matcher m = DATE.matcher(text);
        if (!m.matches()) {
            return Double.NaN;
        }
        try {
            LocalDateTime time = LocalDateTime.of(
                    part(m, 1, 0), part(m, 2, 1), part(m, 3, 1), part(m, 4, 0), part(m, 5, 0), part(m, 6, 0));
            double fraction = m.group(7) == null ? 0 : Double.parseDouble("0" + m.group(7));
            return at(time) + 1000 * fraction;
        } catch (java.time.DateTimeException e) {
            return Double.NaN; // such as February 30
        }
    }

    private static int part(Matcher m, int group, int otherwise) {
        return m.group(group) == null ? otherwise : Integer.parseInt(m.group(group));
    }

    private static double at(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    private static LocalDateTime time(double milliseconds) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli((long) Math.floor(milliseconds)), ZoneOffset.UTC);
    }

    @Override
    public double at(double value) {
        return milliseconds.at(value);
    }

    @Override
    public double start() {
        return milliseconds.start();
    }

    /** The label may have a second line, after a line feed: what the first one leaves open, where it changes. */
    @Override
    public List<Tick> ticks(double gap) {
        double low = milliseconds.low();
        double high = milliseconds.high();
        double least = (high - low) * gap / Math.abs(milliseconds.to() - milliseconds.from());
        Step step = STEPS.stream()
                .filter(s -> s.duration() >= least)
                .findFirst()
                .orElseGet(() -> new Step(
                        (int) Scale.roundStep(
                                Math.ceil(least / ChronoUnit.YEARS.getDuration().toMillis())),
                        ChronoUnit.YEARS));
        List<Tick> ticks = new ArrayList<>();
        String before = "";
        for (LocalDateTime t = first(time(low), step); at(t) <= high; t = t.plus(step.count(), step.unit())) {
            if (at(t) >= low) {
                String rest = rest(t, step);
                ticks.add(new Tick(at(t), label(t, step) + (rest.equals(before) ? "" : "\n" + rest)));
                before = rest;
            }
        }
        return ticks;
    }

    /** The last tick that is not after a time. */
    private static LocalDateTime first(LocalDateTime time, Step step) {
        return switch (step.unit()) {
            case YEARS -> LocalDateTime.of(Math.floorDiv(time.getYear(), step.count()) * step.count(), 1, 1, 0, 0);
            case MONTHS ->
                LocalDateTime.of(time.getYear(), (time.getMonthValue() - 1) / step.count() * step.count() + 1, 1, 0, 0);
            case DAYS -> {
                LocalDateTime midnight = time.truncatedTo(ChronoUnit.DAYS);
                long sinceMonday = midnight.toLocalDate().toEpochDay() + 3; // 1 January 1970 was a Thursday
                yield midnight.minusDays(Math.floorMod(sinceMonday, step.count()));
            }
            default -> {
                long size = (long) step.duration();
                long at = (long) at(time);
                yield time((double) (at - Math.floorMod(at, size)));
            }
        };
    }

    private static String label(LocalDateTime t, Step step) {
        return switch (step.unit()) {
            case YEARS -> format(t, "yyyy");
            case MONTHS -> format(t, "MMM");
            case DAYS -> format(t, "MMM d");
            case HOURS, MINUTES -> format(t, "HH:mm");
            default -> format(t, "HH:mm:ss");
        };
    }

    private static String rest(LocalDateTime t, Step step) {
        return switch (step.unit()) {
            case YEARS -> "";
            case MONTHS, DAYS -> format(t, "yyyy");
            default -> format(t, "MMM d, yyyy");
        };
    }

    private static String format(LocalDateTime t, String pattern) {
        return t.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }
}
