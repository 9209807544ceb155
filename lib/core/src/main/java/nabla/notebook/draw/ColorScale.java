package nabla.notebook.draw;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A colour scale of Plotly, by name or by its stops: colours for shares between 0 and 1, linear between the stops. */
final class ColorScale {
    /** The named scales of Plotly: stops that are evenly spaced, or have their place before the colour. */
    private static final Map<String, ColorScale> NAMED = read("""
            Greys 000000 ffffff
            YlGnBu 081d58 253494 225ea8 1d91c0 41b6c4 7fcdbb c7e9b4 edf8d9 ffffd9
            Greens 00441b 006d2c 238b45 41ab5d 74c476 a1d99b c7e9c0 e5f5e0 f7fcf5
            YlOrRd 800026 bd0026 e31a1c fc4e2a fd8d3c feb24c fed976 ffeda0 ffffcc
            Bluered 0000ff ff0000
            RdBu 0:050aac 0.35:6a89f7 0.5:bebebe 0.6:dcaa84 0.7:e6915a 1:b20a1c
            Reds 0:dcdcdc 0.2:f5c39d 0.4:f5a069 1:b20a1c
            Blues 0:050aac 0.35:283cbe 0.5:4664f5 0.6:5a78f5 0.7:6a89f7 1:dcdcdc
            Picnic 0000ff 3399ff 66ccff 99ccff ccccff ffffff ffccff ff99ff ff66cc ff6666 ff0000
            Rainbow 96005a 0000c8 0019ff 0098ff 2cff96 97ff00 ffea00 ff6f00 ff0000
            Portland 0c3383 0a88ba f2d338 f28f38 d91e1e
            Jet 0:000083 0.125:003caa 0.375:05ffff 0.625:ffff00 0.875:fa0000 1:800000
            Hot 0:000000 0.3:e60000 0.6:ffd200 1:ffffff
            Blackbody 0:000000 0.2:e60000 0.4:e6d200 0.7:ffffff 1:a0c8ff
            Earth 0:000082 0.1:00b4b4 0.2:28d228 0.4:e6e632 0.6:784614 1:ffffff
            Electric 0:000000 0.15:1e0064 0.4:780064 0.6:a05a00 0.8:e6c800 1:fffadc
            Viridis 0:440154 0.062745:48186a 0.12549:472d7b 0.188235:424086 0.25098:3b528b 0.313725:33638d 0.376471:2c728e \
            0.439216:26828e 0.501961:21918c 0.564706:1fa088 0.627451:28ae80 0.690196:3fbc73 0.752941:5ec962 0.815686:84d44b \
            0.878431:addc30 0.941176:d8e219 1:fde725
            Cividis 00204c 002a66 00346e 273f6c 3c4a6b 4c556b 5b5f6d 686a70 757575 838178 928c78 a19876 b0a572 c0b16d d1bf66 \
            e1cc5c f3db4f ffe945
            """);

    private final double[] places;
    private final int[] colors; // 0xRRGGBB

    private ColorScale(double[] places, int[] colors) {
        this.places = places;
        this.colors = colors;
    }

    private static Map<String, ColorScale> read(String table) {
        Map<String, ColorScale> scales = new HashMap<>();
        table.lines().forEach(line -> {
            String[] words = line.split(" +", -1);
            int n = words.length - 1;
            double[] places = new double[n];
            int[] colors = new int[n];
            for (int i = 0; i < n; i++) {
                int colon = words[i + 1].indexOf(':');
                places[i] = colon < 0 ? i / (n - 1.0) : Double.parseDouble(words[i + 1].substring(0, colon));
                colors[i] = Integer.parseInt(words[i + 1].substring(colon + 1), 16);
            }
            scales.put(words[0], new ColorScale(places, colors));
        });
        return scales;
    }

    /** The scale of a {@code colorscale}: a name, or stops with colours {@code #rrggbb}; that of the house if there is none. */
    static ColorScale of(JsonNode colorscale) {
        if (NAMED.containsKey(colorscale.asText())) {
            return NAMED.get(colorscale.asText());
        }
        List<List<Object>> stops = new ArrayList<>();
        colorscale.forEach(
                stop -> stops.add(List.of(stop.path(0).asDouble(), stop.path(1).asText())));
        return of(stops.isEmpty() ? ColorMap.SEQUENTIAL.stops() : stops);
    }

    private static ColorScale of(List<List<Object>> stops) {
        return new ColorScale(
                stops.stream().mapToDouble(s -> (Double) s.get(0)).toArray(),
                stops.stream()
                        .mapToInt(s -> Integer.parseInt(((String) s.get(1)).substring(1), 16))
                        .toArray());
    }

    /** The same colours in the opposite order. */
    ColorScale reversed() {
        int n = places.length;
        double[] newPlaces = new double[n];
        int[] newColors = new int[n];
        Arrays.setAll(newPlaces, i -> 1 - places[n - 1 - i]);
        Arrays.setAll(newColors, i -> colors[n - 1 - i]);
        return new ColorScale(newPlaces, newColors);
    }

    /** The colour {@code #rrggbb} of a share, which is clamped to [0, 1]. */
    String hex(double share) {
        double t = Math.max(0, Math.min(1, share));
        int i = 0;
        while (i < places.length - 2 && places[i + 1] < t) {
            i++;
        }
        double f = (t - places[i]) / (places[i + 1] - places[i]);
        int rgb = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = colors[i] >> shift & 0xff;
            int b = colors[i + 1] >> shift & 0xff;
            rgb |= (int) Math.round(a + f * (b - a)) << shift;
        }
        return String.format("#%06x", rgb);
    }

    /** Places and colours, for the bar that explains them. */
    List<List<Object>> stops() {
        List<List<Object>> stops = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            stops.add(List.of(places[i], String.format("#%06x", colors[i])));
        }
        return stops;
    }
}
