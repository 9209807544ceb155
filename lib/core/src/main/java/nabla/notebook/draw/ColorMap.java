package nabla.notebook.draw;

import java.util.List;
import java.util.stream.IntStream;

/** Colours for numbers between 0 and 1, linear between evenly spaced stops. */
public enum ColorMap {
    /** Black to white, for intensities. */
    GRAY(0x000000, 0xffffff),
    /** White to dark blue, for numbers that have one sign. */
    SEQUENTIAL(0xffffff, 0xcfe1f0, 0x86b6d9, 0x2f7fb8, 0x0b4f8a, 0x06284c),
    /** Blue through white to red, for numbers of both signs with zero in the middle. */
    DIVERGING(0x053a66, 0x0072b2, 0x8fc3e3, 0xffffff, 0xf5b48a, 0xd55e00, 0x7a2f00);

    /** What NaN looks like: a colour that is in none of the maps. */
    public static final int NAN_RGB = 0xcc79a7;

    @SuppressWarnings("ImmutableEnumChecker") // never written to, never handed out
    private final int[] stops;

    ColorMap(int... stops) {
        this.stops = stops;
    }

    /** The map for numbers from {@code low} to {@code high}: diverging if both signs occur, sequential otherwise. */
    public static ColorMap forRange(double low, double high) {
        return low < 0 && high > 0 ? DIVERGING : SEQUENTIAL;
    }

    /** The colour 0xRRGGBB of {@code t}, which is clamped to [0, 1]; NaN has a colour of its own. */
    public int rgb(double t) {
        if (Double.isNaN(t)) {
            return NAN_RGB;
        }
        double place = Math.max(0, Math.min(1, t)) * (stops.length - 1);
        int i = Math.min((int) place, stops.length - 2);
        double f = place - i;
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = stops[i] >> shift & 0xff;
            int b = stops[i + 1] >> shift & 0xff;
            rgb |= (int) Math.round(a + f * (b - a)) << shift;
        }
        return rgb;
    }

    /** The same as {@code #rrggbb}. */
    public String hex(double t) {
        return String.format("#%06x", rgb(t));
    }

    /** The positions of the stops, with their colours, as Plotly's {@code colorscale} wants them. */
    List<List<Object>> stops() {
        return IntStream.range(0, stops.length)
                .mapToObj(i -> {
                    double t = (double) i / (stops.length - 1);
                    return List.<Object>of(t, hex(t));
                })
                .toList();
    }
}
