package haricot.picture;

import haricot.picture.raster.Image;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// A picture re-encoded as JPEG, so that nothing but its pixels is kept.
public final class JpegCopy {
    /// A person still sees what the model saw; a 1,024-pixel leaf takes about 200 KB.
    private static final float QUALITY = 0.9f;

    private JpegCopy() {}

    /// @return a baseline JPEG of the upright, possibly reduced picture, with no metadata
    public static byte[] of(Image image) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(buffered(image), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("writing a JPEG to memory", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static BufferedImage buffered(Image image) {
        BufferedImage target = new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster rgb = Raster.createInterleavedRaster(
                new DataBufferByte(image.rgb(), image.rgb().length), image.width(), image.height(), image.width() * 3,
                3, new int[]{0, 1, 2}, new Point());
        target.setData(rgb);
        return target;
    }
}
