package nabla.notebook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import nabla.notebook.draw.ColorMap;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

class ImageGridTest {
    private static BufferedImage png(ImageGrid grid) throws IOException {
        String base64 = (String) grid.view().get("image/png");
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }

    private static String html(ImageGrid grid) {
        return (String) grid.view().get("text/html");
    }

    /** Three images of two by three pixels in two columns; the pixel p of image i is (6 i + p) / 17. */
    private static SimpleMatrix ramp() {
        SimpleMatrix m = new SimpleMatrix(3, 6);
        for (int k = 0; k < 18; k++) {
            m.set(k, k / 17.0);
        }
        return m;
    }

    @Test
    void everyPixelIsInItsPlaceAndEnlarged() throws IOException {
        ImageGrid grid = ImageGrid.images(ramp(), 2, 3).withColumns(2);
        BufferedImage image = png(grid);
        int k = grid.enlargement();

        assertTrue(k > 1);
        assertEquals(2 * (3 * k + 2) + 2, image.getWidth());
        assertEquals(2 * (2 * k + 2) + 2, image.getHeight());
        for (int i = 0; i < 3; i++) {
            for (int p = 0; p < 6; p++) {
                int x = 2 + (i % 2) * (3 * k + 2) + (p % 3) * k;
                int y = 2 + (i / 2) * (2 * k + 2) + (p / 3) * k;
                int gray = (int) Math.round(255 * (6 * i + p) / 17.0);
                assertEquals(gray * 0x010101, image.getRGB(x, y) & 0xffffff);
                assertEquals(gray * 0x010101, image.getRGB(x + k - 1, y + k - 1) & 0xffffff);
            }
        }
    }

    @Test
    void weightsShareASymmetricRange() throws IOException {
        SimpleMatrix w = new SimpleMatrix(new double[][] {{-1, 0}, {4, 2}});
        BufferedImage image = png(ImageGrid.weights(w, 1, 2));
        int k = ImageGrid.weights(w, 1, 2).enlargement();

        assertEquals(ColorMap.DIVERGING.rgb(3 / 8.0), image.getRGB(2, 2) & 0xffffff);
        assertEquals(0xffffff, image.getRGB(2 + k, 2) & 0xffffff);
        assertEquals(ColorMap.DIVERGING.rgb(1), image.getRGB(4 + 2 * k, 2) & 0xffffff);
        assertEquals(
                "2 images of 1\u00d72 pixels, -4 blue, 0 white, 4 red",
                ImageGrid.weights(w, 1, 2).view().get("text/plain"));
    }

    @Test
    void numbersBeyondTheUnitIntervalAreScaledAndTheWordsSaySo() {
        SimpleMatrix m = new SimpleMatrix(new double[][] {{0, 16, Double.NaN, 8}});

        assertEquals(
                "Digits: one image of 2\u00d72 pixels, 0 black to 16 white, NaN pink",
                ImageGrid.images(m, 2, 2).withTitle("Digits").view().get("text/plain"));
    }

    @Test
    void titlesAndCaptionsAreEscaped() {
        String html = html(ImageGrid.images(ramp(), 2, 3).withTitle("<script>").withCaptions("a<b", "\"q\"", "c&d"));

        assertFalse(html.contains("<script>"));
        assertTrue(html.contains("a&lt;b") && html.contains("&quot;q&quot;") && html.contains("c&amp;d"));
    }

    @Test
    void captionsGoWithImagesOrWithRowsOfTheGrid() {
        ImageGrid grid = ImageGrid.images(ramp(), 2, 3).withColumns(2);

        assertEquals(1 + 3, html(grid.withCaptions("a", "b", "c")).split("<img").length);
        assertEquals(1 + 2, html(grid.withCaptions("above", "below")).split("<img").length);
        assertEquals(
                "captions: expected 3, one per image, or 2, one per row of the grid, got 1",
                assertThrows(IllegalArgumentException.class, () -> grid.withCaptions("x"))
                        .getMessage());
    }

    @Test
    void wrongShapesAreNamed() {
        assertEquals(
                "rows: expected one row of 4 numbers per image of 2x2 pixels, got a matrix 3x6",
                assertThrows(IllegalArgumentException.class, () -> ImageGrid.images(ramp(), 2, 2))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> ImageGrid.weights(ramp(), 0, 6));
        assertThrows(IllegalArgumentException.class, () -> ImageGrid.images(new SimpleMatrix(0, 4), 2, 2));
        assertThrows(IllegalArgumentException.class, () -> ImageGrid.images(ramp(), 2, 3)
                .withColumns(0));
    }

    @Test
    void laterChangesOfTheMatrixDoNotShow() {
        SimpleMatrix m = ramp();
        ImageGrid grid = ImageGrid.images(m, 2, 3);
        var before = grid.view();
        m.fill(0);

        assertEquals(before, grid.view());
    }
}
