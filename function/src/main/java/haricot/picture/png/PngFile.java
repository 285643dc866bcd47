package haricot.picture.png;

import haricot.picture.colour.ColourProfile;
import haricot.picture.colour.IccReader;
import haricot.picture.png.Chunks.Chunk;
import haricot.picture.raster.Canvas;
import haricot.picture.raster.Exif;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;

/// A still PNG file of any colour type and depth.
///
/// Two things are left out on purpose. `gAMA` and `cHRM` are not looked at: browsers do, photo programs and Pillow, with
/// which models are trained, do not. And the orientation is taken from `eXIf` alone, as in browsers: what XMP says of it
/// repeats that, or is left over from before the picture was turned.
public final class PngFile {
    private static final int HEADER_BYTES = 13;
    /// Where the pixels of the seven passes start and how far they are apart: x, y, across, down (PNG 3rd edition, 8.1).
    private static final int[][] PASSES = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4},
            {1, 0, 2, 2}, {0, 1, 1, 2}};

    private final byte[] file;
    private final PngHeader header;

    private PngFile(byte[] file) {
        this.file = file;
        Chunk first = Chunks.read(file, Chunks.START);
        if (first.type().equals("CgBI")) {
            throw new UnreadablePicture(Reason.UNSUPPORTED_FORMAT,
                    "PNG files that Xcode has made for an iPhone (CgBI) are not read here: send the original file.");
        }
        if (!first.type().equals("IHDR") || first.length() != HEADER_BYTES || !first.sound()) {
            throw UnreadablePicture.damaged(ImageFormat.PNG, "its header is missing");
        }
        header = PngHeader.read(file, first.start());
    }

    /// Reads a file up to its size.
    ///
    /// @throws UnreadablePicture if it is broken that early
    public static PngFile open(byte[] file) {
        return new PngFile(file);
    }

    public ImageHeader header() {
        return new ImageHeader(ImageFormat.PNG, header.width(), header.height());
    }

    /// Decodes the picture.
    ///
    /// @param shortSideKept see [Canvas]
    /// @throws UnreadablePicture if the file is truncated, damaged or animated
    public Image decode(int shortSideKept) {
        Chunks chunks = new Chunks(file);
        checkStill(chunks);
        ColourProfile profile = IccReader.read(PngProfile.inflate(chunks.first("iCCP")), header.grey());
        Canvas canvas = new Canvas(header(), shortSideKept, profile);
        PixelRow row = new PixelRow(header, chunks);
        try (Scanlines lines = new Scanlines(file, chunks, header)) {
            if (header.interlaced()) {
                decodeInterlaced(lines, row, canvas);
            } else {
                decodeRows(lines, row, canvas);
            }
        }
        return canvas.image(Exif.orientation(chunks.first("eXIf")).orElse(1));
    }

    /// Where nothing moves, browsers show the image data, whatever the file announces.
    private static void checkStill(Chunks chunks) {
        byte[] control = chunks.first("acTL");
        boolean frames = control.length >= 4 && Integer.compareUnsigned(Chunks.number(control, 0), 1) > 0;
        if (frames && !chunks.all("fdAT").isEmpty()) {
            throw new UnreadablePicture(Reason.ANIMATED,
                    "The PNG file is animated and shows no one picture: send a still one.");
        }
    }

    private void decodeRows(Scanlines lines, PixelRow row, Canvas canvas) {
        int bytes = header.rowBytes(header.width());
        lines.startPass();
        for (int y = 0; y < header.height(); y++) {
            row.read(lines.next(bytes), header.width());
            if (row.hasAlpha()) {
                canvas.row(row.rgb, row.alpha);
            } else {
                canvas.row(row.rgb);
            }
        }
    }

    /// The one case where all pixels of the file are in memory, four bytes each: each row is complete at the end only.
    private void decodeInterlaced(Scanlines lines, PixelRow row, Canvas canvas) {
        int width = header.width();
        int height = header.height();
        byte[][] rgb = new byte[height][width * 3];
        byte[][] alpha = new byte[row.hasAlpha() ? height : 0][width];
        for (int[] pass : PASSES) {
            int across = Math.ceilDiv(width - pass[0], pass[2]);
            if (across <= 0) {
                continue;
            }
            lines.startPass();
            for (int y = pass[1]; y < height; y += pass[3]) {
                row.read(lines.next(header.rowBytes(across)), across);
                for (int i = 0, x = pass[0]; i < across; i++, x += pass[2]) {
                    System.arraycopy(row.rgb, 3 * i, rgb[y], 3 * x, 3);
                    if (row.hasAlpha()) {
                        alpha[y][x] = row.alpha[i];
                    }
                }
            }
        }
        for (int y = 0; y < height; y++) {
            if (row.hasAlpha()) {
                canvas.row(rgb[y], alpha[y]);
            } else {
                canvas.row(rgb[y]);
            }
        }
    }
}
