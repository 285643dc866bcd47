package haricot.picture.webp;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.ImageHeader;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import haricot.picture.webp.Riff.Chunk;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The one picture in a WebP file, as chunks: of a still file, or of an animation of one frame.
///
/// @param image lossy or lossless
/// @param alpha of a lossy image, if it has any
record StillWebp(Chunk image, Optional<Chunk> alpha) {
    private static final int ANIMATION = 2;
    private static final int CANVAS_HEAD = 10;
    private static final int FRAME_HEAD = 16;
    private static final int LOSSLESS_HEAD = 5;
    private static final int LOSSLESS_MARK = 0x2F;
    private static final int LOSSY_HEAD = 10;
    private static final byte HAS_ALPHA = 0x10;

    static StillWebp of(byte[] file, Riff riff) {
        boolean animated = riff.first("ANIM").isPresent() || riff.first("ANMF").isPresent()
                || riff.first("VP8X").filter(chunk -> chunk.length() > 0 && (file[chunk.start()] & ANIMATION) != 0)
                        .isPresent();
        Riff parts = animated ? onlyFrame(file, riff) : riff;
        Chunk image = parts.first("VP8 ").or(() -> parts.first("VP8L"))
                .orElseThrow(() -> UnreadablePicture.damaged(ImageFormat.WEBP, "it has no picture"));
        return new StillWebp(image, image.type().equals("VP8L") ? Optional.empty() : parts.first("ALPH"));
    }

    /// The frame of an animation that has no more and shows nothing beside it.
    private static Riff onlyFrame(byte[] file, Riff riff) {
        List<Chunk> frames = riff.all("ANMF");
        Optional<Chunk> canvas = riff.first("VP8X").filter(chunk -> chunk.length() >= CANVAS_HEAD);
        if (frames.size() != 1 || canvas.isEmpty() || frames.getFirst().length() < FRAME_HEAD) {
            throw animated();
        }
        Chunk frame = frames.getFirst();
        boolean whole = Riff.three(file, frame.start()) == 0 && Riff.three(file, frame.start() + 3) == 0
                && Arrays.equals(file, frame.start() + 6, frame.start() + 12, file, canvas.get().start() + 4,
                        canvas.get().start() + 10);
        if (!whole) {
            throw animated();
        }
        return Riff.read(file, frame.start() + FRAME_HEAD, frame.end());
    }

    private static UnreadablePicture animated() {
        return new UnreadablePicture(Reason.ANIMATED,
                "The WebP file is animated and shows no one picture: send a still one.");
    }

    boolean lossless() {
        return image.type().equals("VP8L");
    }

    boolean transparent(byte[] file) {
        return lossless() ? (Riff.four(file, image.start() + 1) >> 28 & 1) == 1 : alpha.isPresent();
    }

    ImageHeader header(byte[] file) {
        return lossless() ? losslessHeader(file) : lossyHeader(file);
    }

    private ImageHeader lossyHeader(byte[] file) {
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

    private ImageHeader losslessHeader(byte[] file) {
        if (image.length() < LOSSLESS_HEAD) {
            throw UnreadablePicture.truncated(ImageFormat.WEBP);
        }
        long head = Riff.four(file, image.start() + 1);
        if (file[image.start()] != LOSSLESS_MARK || head >> 29 != 0) {
            throw UnreadablePicture.damaged(ImageFormat.WEBP, "its lossless image has no header");
        }
        return new ImageHeader(ImageFormat.WEBP, (int) (head & 0x3FFF) + 1, (int) (head >> 14 & 0x3FFF) + 1);
    }

    /// A file of this picture alone: the library sees no other chunk.
    byte[] alone(byte[] file) {
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(image.length() + 64);
        chunks.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        if (alpha.isPresent()) {
            ImageHeader header = header(file);
            byte[] canvas = new byte[CANVAS_HEAD];
            canvas[0] = HAS_ALPHA;
            put(canvas, 4, header.width() - 1);
            put(canvas, 7, header.height() - 1);
            write(chunks, "VP8X", canvas, 0, canvas.length);
            write(chunks, "ALPH", file, alpha.get().start(), alpha.get().length());
        }
        write(chunks, image.type(), file, image.start(), image.length());
        byte[] body = chunks.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(body.length + 8);
        write(whole, "RIFF", body, 0, body.length);
        return whole.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, String type, byte[] from, int start, int length) {
        out.writeBytes(type.getBytes(StandardCharsets.ISO_8859_1));
        for (int shift = 0; shift < 32; shift += 8) {
            out.write(length >> shift);
        }
        out.write(from, start, length);
        if (length % 2 == 1) {
            out.write(0);
        }
    }

    private static void put(byte[] to, int at, int number) {
        for (int i = 0; i < 3; i++) {
            to[at + i] = (byte) (number >> 8 * i);
        }
    }
}
