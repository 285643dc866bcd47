package haricot.picture.jpeg;

import haricot.picture.colour.ColourProfile;
import haricot.picture.raster.Canvas;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// A JPEG file: baseline, extended or progressive, Huffman coded, 8 bits, one, three or four components.
///
/// Rows of pixels go to the canvas as soon as they are known. A file with all components in one scan, as cameras write
/// them, never has more than two rows of minimum coded units in memory; one whose scans refine each other has all its
/// coefficients there, two bytes each.
public final class JpegFile {
    /// Encoders write about ten; the most that make sense is one a bit and coefficient. A hundred of them over 50 million
    /// pixels take a few seconds, thousands would take minutes.
    private static final int MOST_SCANS = 100;

    private final byte[] file;
    private final Segments segments;
    private final Frame frame;

    private JpegFile(byte[] file) {
        this.file = file;
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

    /// Decodes the picture.
    ///
    /// @param shortSideKept see [haricot.picture.raster.Canvas]
    /// @throws UnreadablePicture if the file is truncated or damaged
    public Image decode(int shortSideKept) {
        Scan first = segments.scan().orElseThrow(() -> UnreadablePicture.truncated(ImageFormat.JPEG));
        ColourProfile profile = ColourProfile.read(segments.profile(), frame.components().size() == 1);
        boolean halved = frame.canBeHalved() && Canvas.factor(header(), shortSideKept) % 2 == 0;
        Canvas canvas = new Canvas(header(), shortSideKept, profile, halved);
        PictureRows rows = new PictureRows(frame, segments.colours(), canvas, halved);
        if (!frame.progressive() && first.parts().size() == frame.components().size()) {
            decodeOnTheWay(first, rows);
        } else {
            decodeAfterwards(first, rows);
        }
        return canvas.image(segments.orientation());
    }

    private void decodeOnTheWay(Scan scan, PictureRows rows) {
        Coefficients coefficients = Coefficients.strip(frame);
        Scan.Reader reader = scan.new Reader(file, frame);
        int scanRows = reader.rows();
        for (int row = 0; row < scanRows; row++) {
            coefficients.clear();
            reader.read(row, coefficients);
            rows.add(row, coefficients);
        }
        Optional<Scan> next = Optional.of(scan);
        segments.skipTo(reader.end());
        while (next.isPresent()) {
            next = segments.scan();
        }
    }

    private void decodeAfterwards(Scan first, PictureRows rows) {
        Coefficients coefficients = Coefficients.whole(frame);
        Set<Component> seen = new HashSet<>();
        int scans = 0;
        for (Optional<Scan> scan = Optional.of(first); scan.isPresent(); scan = segments.scan()) {
            if (++scans > MOST_SCANS) {
                throw UnreadablePicture.damaged(ImageFormat.JPEG, "it has more than %d scans".formatted(MOST_SCANS));
            }
            segments.skipTo(read(scan.get(), coefficients));
            scan.get().parts().forEach(part -> seen.add(part.component()));
        }
        if (seen.size() < frame.components().size()) {
            throw UnreadablePicture.truncated(ImageFormat.JPEG);
        }
        for (int row = 0; row < frame.unitsHigh(); row++) {
            rows.add(row, coefficients);
            coefficients.drop(frame, row);
        }
    }

    private int read(Scan scan, Coefficients coefficients) {
        Scan.Reader reader = scan.new Reader(file, frame);
        int rows = reader.rows();
        for (int row = 0; row < rows; row++) {
            reader.read(row, coefficients);
        }
        return reader.end();
    }
}
