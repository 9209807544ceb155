package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PaletteTest {
    @Test
    void tenSeriesHaveTenColours() {
        assertEquals(10, new HashSet<>(Palette.COLORS).size());
        assertEquals(Palette.color(0), Palette.color(10));
    }
}
