package haricot.picture.webp;

import haricot.picture.colour.ColourProfile;
import haricot.picture.raster.Canvas;
import haricot.picture.raster.Exif;
import haricot.picture.raster.Image;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import haricot.picture.webp.Riff.Chunk;
import java.util.Arrays;

/// A still WebP file, lossy with or without alpha, or lossless. Pixels equal those of libwebp with its default upsampling.
public final class WebpFile {
    private static final int ANIMATION = 2;
    private static final int LOSSLESS_HEAD = 5;
    private static final int LOSSLESS_MARK = 0x2F;
    private static final int LOSSY_HEAD = 10;

    private final byte[] file;
    private final Riff riff;
    private final Chunk image;
    private final boolean lossless;
    private final ImageHeader header;

    private WebpFile(byte[] file) {
        this.file = file;
        riff = Riff.read(file);
        boolean animated = riff.first("ANIM").isPresent() || riff.first("ANMF").isPresent()
                || riff.first("VP8X").filter(chunk -> chunk.length() > 0 && (file[chunk.start()] & ANIMATION) != 0)
                        .isPresent();
        if (animated) {
            throw new UnreadablePicture(Reason.ANIMATED,
                    "The WebP file is animated and shows no one picture: send a still one.");
        }
        image = riff.first("VP8 ").or(() -> riff.first("VP8L"))
                .orElseThrow(() -> UnreadablePicture.damaged(ImageFormat.WEBP, "it has no picture"));
        lossless = image.type().equals("VP8L");
        header = lossless ? losslessHeader() : lossyHeader();
    }

    /// Reads a file up to its size.
    ///
    /// @throws UnreadablePicture if it is broken that early, truncated or animated
    public static WebpFile open(byte[] file) {
        return new WebpFile(file);
    }

    public ImageHeader header() {
        return header;
    }

    private ImageHeader lossyHeader() {
        if (image.length() < LOSSY_HEAD) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        int width = Riff.two(file, image.start() + 6) & 0x3FFF;
        int height = Riff.two(file, image.start() + 8) & 0x3FFF;
        if (width == 0 || height == 0) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its width or height is 0");
        }
        return new ImageHeader(ImageFormat.WEBP, width, height);
    }

    private ImageHeader losslessHeader() {
        if (image.length() < LOSSLESS_HEAD) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        long head = Riff.four(file, image.start() + 1);
        if (file[image.start()] != LOSSLESS_MARK || head >> 29 != 0) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its lossless image has no header");
        }
        return new ImageHeader(ImageFormat.WEBP, (int) (head & 0x3FFF) + 1, (int) (head >> 14 & 0x3FFF) + 1);
    }

    /// Decodes the picture.
    ///
    /// @param shortSideKept see [haricot.picture.raster.Canvas]
    /// @throws UnreadablePicture if the file is truncated or damaged
    public Image decode(int shortSideKept) {
        ColourProfile profile = ColourProfile.read(bytes("ICCP"), false);
        Canvas canvas = new Canvas(header, shortSideKept, profile);
        if (lossless) {
            decodeLossless(canvas);
        } else {
            AlphaPlane alpha = riff.first("ALPH")
                    .map(chunk -> AlphaPlane.read(file, chunk, header.width(), header.height()))
                    .orElseGet(AlphaPlane::none);
            YuvRows rows = new YuvRows(header.width(), header.height(), alpha, canvas);
            new Vp8Picture(new Vp8Header(file, image.start(), image.end()), rows).decode();
        }
        return canvas.image(orientation());
    }

    private void decodeLossless(Canvas canvas) {
        boolean transparent = (Riff.four(file, image.start() + 1) >> 28 & 1) == 1;
        int width = header.width();
        byte[] rgb = new byte[width * 3];
        byte[] alpha = new byte[width];
        LosslessBits bits = new LosslessBits(file, image.start() + LOSSLESS_HEAD, image.end());
        new LosslessImage(bits).decode(width, header.height(), pixels -> {
            for (int x = 0, to = 0; x < width; x++) {
                int pixel = pixels[x];
                rgb[to++] = (byte) (pixel >> 16);
                rgb[to++] = (byte) (pixel >> 8);
                rgb[to++] = (byte) pixel;
                alpha[x] = (byte) (pixel >>> 24);
            }
            if (transparent) {
                canvas.row(rgb, alpha);
            } else {
                canvas.row(rgb);
            }
        });
    }

    private int orientation() {
        byte[] exif = bytes("EXIF");
        // Some programs put JPEG's mark before the data.
        boolean marked = exif.length > 6 && exif[0] == 'E' && exif[1] == 'x';
        return Exif.orientation(marked ? Arrays.copyOfRange(exif, 6, exif.length) : exif);
    }

    private byte[] bytes(String type) {
        return riff.first(type).map(chunk -> Arrays.copyOfRange(file, chunk.start(), chunk.end()))
                .orElse(new byte[0]);
    }
}
