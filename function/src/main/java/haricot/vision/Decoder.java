package haricot.vision;

import haricot.vision.UnreadablePicture.Reason;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Turns the bytes of a file into an upright picture.
public final class Decoder {
    private final long maxPixels;

    /// @param maxPixels how many pixels a file may have, counted before decoding
    public Decoder(long maxPixels) {
        this.maxPixels = maxPixels;
    }

    /// Reads format and size without decoding.
    ///
    /// @throws UnreadablePicture if the bytes are no picture that is read here
    public ImageHeader header(byte[] file) {
        ImageReader reader = open(file);
        try {
            return new ImageHeader(format(reader), reader.getWidth(0), reader.getHeight(0));
        } catch (IOException broken) {
            throw undecodable();
        } finally {
            reader.dispose();
        }
    }

    /// Decodes a file.
    ///
    /// @throws UnreadablePicture if it cannot be judged
    public Image decode(byte[] file) {
        ImageHeader header = header(file);
        if (header.pixels() > maxPixels) {
            throw new UnreadablePicture(Reason.TOO_MANY_PIXELS, "The picture has %,d pixels, at most %,d are read."
                    .formatted(header.pixels(), maxPixels));
        }
        ImageReader reader = open(file);
        try {
            BufferedImage picture = reader.read(0);
            return new Image(header.format(), header.width(), header.height(), picture.getWidth(), picture.getHeight(),
                    rgb(picture));
        } catch (IOException broken) {
            throw undecodable();
        } finally {
            reader.dispose();
        }
    }

    private static ImageReader open(byte[] file) {
        try {
            ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(file));
            ImageReader reader = ImageIO.getImageReaders(in).next();
            reader.setInput(in);
            return reader;
        } catch (IOException | java.util.NoSuchElementException broken) {
            throw new UnreadablePicture(Reason.UNSUPPORTED_FORMAT, "Send JPEG, PNG or still WebP.");
        }
    }

    private static ImageFormat format(ImageReader reader) throws IOException {
        return reader.getFormatName().equals("png") ? ImageFormat.PNG : ImageFormat.JPEG;
    }

    private static byte[] rgb(BufferedImage picture) {
        int width = picture.getWidth();
        byte[] rgb = new byte[width * picture.getHeight() * 3];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int pixel : row) {
                rgb[at++] = (byte) (pixel >> 16);
                rgb[at++] = (byte) (pixel >> 8);
                rgb[at++] = (byte) pixel;
            }
        }
        return rgb;
    }

    private static UnreadablePicture undecodable() {
        return new UnreadablePicture(Reason.UNDECODABLE, "The picture is damaged: save it again and send that.");
    }
}
