package nabla.notebook.draw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ColorsTest {
    @Test
    void grayIsLinear() {
        assertEquals(0x000000, ColorMap.GRAY.rgb(0));
        assertEquals(0x808080, ColorMap.GRAY.rgb(0.5));
        assertEquals(0xffffff, ColorMap.GRAY.rgb(1));
        assertEquals(0x000000, ColorMap.GRAY.rgb(-3));
        assertEquals(0xffffff, ColorMap.GRAY.rgb(7));
    }

    @Test
    void divergingIsWhiteInTheMiddleAndNanIsNeitherEnd() {
        assertEquals("#ffffff", ColorMap.DIVERGING.hex(0.5));
        assertNotEquals(ColorMap.DIVERGING.rgb(0), ColorMap.DIVERGING.rgb(Double.NaN));
        assertEquals(ColorMap.DIVERGING, ColorMap.forRange(-1, 2));
        assertEquals(ColorMap.SEQUENTIAL, ColorMap.forRange(0, 2));
        assertEquals(ColorMap.SEQUENTIAL, ColorMap.forRange(-2, 0));
    }

    @Test
    void pixelsSurviveThePng() throws IOException {
        Pixels pixels = new Pixels(5, 3, 0x010203);
        pixels.rectangle(1, 2, 2, 1, 0xfedcba);

        BufferedImage back =
                ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(pixels.base64())));
        for (int y = 0; y < 3; y++) {
            for (int x = 0; x < 5; x++) {
                boolean inside = y == 2 && (x == 1 || x == 2);
                assertEquals(inside ? 0xfedcba : 0x010203, back.getRGB(x, y) & 0xffffff);
            }
        }
    }
}
