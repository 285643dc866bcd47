package haricot.picture.jpeg;

import haricot.picture.colour.IccReader;
import haricot.picture.library.PictureLibrary;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.Turn;
import haricot.picture.raster.UnreadablePicture;
import java.nio.ByteBuffer;

/// A JPEG file: baseline, extended or progressive, Huffman coded, 8 bits, one, three or four components.
///
/// What it is and whether it is read is decided here; the pixels are libjpeg-turbo's.
public final class JpegFile {
    private final Segments segments;
    private final Frame frame;

    private JpegFile(byte[] file) {
        segments = new Segments(file);
        frame = segments.frame();
    }

    /// Reads a file up to its size.
    ///
    /// @throws UnreadablePicture if it is broken that early
    public static JpegFile open(byte[] file) {
        return new JpegFile(file);
    }

    public ImageHeader header() {
        return new ImageHeader(ImageFormat.JPEG, frame.width(), frame.height());
    }

    /// By how much a picture is reduced across and down while it is decoded: the largest of 1, 2, 4 and 8 that leaves its
    /// short side at or over what the model's contract says. The blocks of a JPEG file can be had at these sizes.
    public static int reduction(ImageHeader header, int shortSideKept) {
        int most = Math.min(header.width(), header.height()) / shortSideKept;
        return Math.clamp(Integer.highestOneBit(most), 1, 8);
    }

    /// Decodes the picture. Once for each file that was opened.
    ///
    /// @throws UnreadablePicture if the file is truncated or damaged
    public Image decode(int shortSideKept, PictureLibrary library) {
        ByteBuffer mended = segments.walk();
        int reduction = reduction(header(), shortSideKept);
        int width = Math.ceilDiv(frame.width(), reduction);
        int height = Math.ceilDiv(frame.height(), reduction);
        byte[] rgb = library.jpeg(mended, reduction, width, height).orElseThrow(this::unreadable);
        IccReader.read(segments.profile(), frame.ids().size() == 1).toSrgb(rgb, width * height);
        return Turn.of(segments.orientation()).image(header(), width, height, rgb);
    }

    private UnreadablePicture unreadable() {
        return segments.cutOff()
                ? UnreadablePicture.truncated(ImageFormat.JPEG)
                : UnreadablePicture.damaged(ImageFormat.JPEG, "its coded data make no sense");
    }
}
