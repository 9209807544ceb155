package nabla.notebook.draw;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** A picture made of single pixels. Nothing here draws text or shapes, so no fonts and no screen are needed. */
public final class Pixels {
    private final BufferedImage image;

    /** A picture of {@code width} by {@code height} pixels, all of the colour 0xRRGGBB. */
    public Pixels(int width, int height, int background) {
        image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        rectangle(0, 0, width, height, background);
    }

    /** Pixels across. */
    public int width() {
        return image.getWidth();
    }

    /** Pixels down. */
    public int height() {
        return image.getHeight();
    }

    /** Fills the rectangle whose upper left corner is (x, y). */
    public void rectangle(int x, int y, int width, int height, int rgb) {
        for (int j = y; j < y + height; j++) {
            for (int i = x; i < x + width; i++) {
                image.setRGB(i, j, rgb);
            }
        }
    }

    /** The image as the bytes of a PNG file. */
    public byte[] png() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        // Without a cache of its own ImageIO would write a temporary file per picture.
        try (ImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** The PNG in base 64, as MIME bundles carry it. */
    public String base64() {
        return Base64.getEncoder().encodeToString(png());
    }

    /** The PNG as an address that an {@code img} shows without asking any server. */
    public String dataUri() {
        return "data:image/png;base64," + base64();
    }
}
