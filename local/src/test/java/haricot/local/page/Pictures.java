package haricot.local.page;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.QuadCurve2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import javax.imageio.ImageIO;

/// Drawn pictures. Random parts are the same each time.
final class Pictures {
    private Pictures() {}

    /// A leaf with rust spots, lying on its side on soil.
    static BufferedImage leaf(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setPaint(new GradientPaint(0, 0, new Color(0x8a6f52), width, height, new Color(0x5d4936)));
        pen.fillRect(0, 0, width, height);
        pen.scale(width / 100.0, height / 100.0);
        Path2D outline = new Path2D.Double();
        outline.moveTo(4, 52);
        outline.curveTo(25, 5, 70, 2, 97, 48);
        outline.curveTo(72, 96, 28, 98, 4, 52);
        pen.setPaint(new GradientPaint(30, 10, new Color(0x7db24a), 70, 95, new Color(0x3d7a2b)));
        pen.fill(outline);
        pen.setClip(outline);
        veins(pen);
        spots(pen, random(7));
        pen.dispose();
        return image;
    }

    private static void veins(Graphics2D pen) {
        pen.setColor(new Color(0xa9cf80));
        pen.setStroke(new BasicStroke(1.1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        pen.draw(new QuadCurve2D.Double(4, 52, 50, 46, 97, 48));
        pen.setStroke(new BasicStroke(0.45f));
        for (int x = 14; x < 90; x += 9) {
            pen.draw(new QuadCurve2D.Double(x, 50, x + 9, 30, x + 20, 12));
            pen.draw(new QuadCurve2D.Double(x, 50, x + 9, 70, x + 20, 88));
        }
    }

    private static void spots(Graphics2D pen, RandomGenerator random) {
        for (int i = 0; i < 60; i++) {
            double x = 8 + 84 * random.nextDouble();
            double y = 10 + 80 * random.nextDouble();
            double size = 1.2 + 2.6 * random.nextDouble();
            pen.setColor(new Color(0xc9b25a));
            pen.fill(new Ellipse2D.Double(x - size, y - size, 2 * size, 2 * size));
            pen.setColor(new Color(0x8a3f12));
            pen.fill(new Ellipse2D.Double(x - size / 2, y - size / 2, size, size));
        }
    }

    /// The grain of a camera: without it a large drawing is a small file.
    static BufferedImage grain(BufferedImage image) {
        RandomGenerator random = random(11);
        int[] row = new int[image.getWidth()];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
            for (int x = 0; x < row.length; x++) {
                int shift = random.nextInt(25) - 12;
                row[x] = level(row[x] >> 16, shift) << 16 | level(row[x] >> 8, shift) << 8 | level(row[x], shift);
            }
            image.setRGB(0, y, row.length, 1, row, 0, row.length);
        }
        return image;
    }

    private static int level(int colour, int shift) {
        return Math.clamp((colour & 0xff) + shift, 0, 255);
    }

    /// @param format as ImageIO names it: png, jpg, gif, bmp
    static byte[] encoded(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException("encoding a " + format, e);
        }
        return out.toByteArray();
    }

    static BufferedImage decoded(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException("decoding " + bytes.length + " bytes", e);
        }
    }

    /// A JPEG with the smallest EXIF block that says which way is up.
    ///
    /// @param orientation 1 to 8, as in EXIF's tag 0x0112; 6 is a phone held upright
    static byte[] turned(byte[] jpeg, int orientation) {
        byte[] exif = HexFormat.of()
                .parseHex("ffe10022457869660000" + "4d4d002a00000008" + "0001" + "011200030000000100"
                        + HexFormat.of().toHexDigits((byte) orientation) + "0000" + "00000000");
        byte[] whole = Arrays.copyOf(jpeg, jpeg.length + exif.length);
        System.arraycopy(exif, 0, whole, 2, exif.length);
        System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
        return whole;
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
