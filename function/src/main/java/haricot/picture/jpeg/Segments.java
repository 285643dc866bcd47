package haricot.picture.jpeg;

import haricot.picture.raster.Exif;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the marker segments of a file in order (T.81, annex B), and remembers what they set.
final class Segments {
    private static final int SOI = 0xD8;
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int DHT = 0xC4;
    private static final int DQT = 0xDB;
    private static final int DRI = 0xDD;
    private static final int APP0 = 0xE0;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final int APP14 = 0xEE;

    private final byte[] file;
    private final Tables tables = new Tables();
    private int at = 2;
    private Frame frame;
    private boolean jfif;
    private int adobe = -1;
    private int orientation = 1;
    private final ProfileParts profile = new ProfileParts();

    Segments(byte[] file) {
        this.file = file;
    }

    /// Reads up to the frame header.
    Frame frame() {
        while (frame == null) {
            int marker = nextMarker();
            if (marker == SOS || marker == EOI) {
                throw damaged("it has no frame header");
            }
            segment(marker);
        }
        return frame;
    }

    /// Reads up to the next scan.
    ///
    /// @return empty at the end of the picture
    Optional<Scan> scan() {
        while (true) {
            int marker = nextMarker();
            if (marker == EOI) {
                return Optional.empty();
            }
            if (marker == SOS) {
                return Optional.of(tables.scan(segmentData(), frame, at));
            }
            segment(marker);
        }
    }

    /// Goes on from here.
    void skipTo(int position) {
        at = position;
    }

    int orientation() {
        return orientation;
    }

    byte[] profile() {
        return profile.joined();
    }

    /// What the components mean, by the rules that libjpeg goes by.
    Colours colours() {
        List<Component> components = frame.components();
        return switch (components.size()) {
            case 1 -> Colours.GREY;
            case 3 -> isRgb(components) ? Colours.RGB : Colours.YCC;
            case 4 -> adobe == 2 ? Colours.YCCK : Colours.CMYK;
            default -> throw damaged("it has %d components".formatted(components.size()));
        };
    }

    private boolean isRgb(List<Component> components) {
        if (jfif) {
            return false;
        }
        if (adobe >= 0) {
            return adobe == 0;
        }
        return components.get(0).id == 'R' && components.get(1).id == 'G' && components.get(2).id == 'B';
    }

    /// The code of the next marker, passing over whatever is before it.
    private int nextMarker() {
        while (at + 1 < file.length) {
            int code = file[at + 1] & 0xFF;
            if (file[at] == (byte) 0xFF && code != 0 && code != 0xFF) {
                at += 2;
                return code;
            }
            at++;
        }
        throw UnreadablePicture.truncated(ImageFormat.JPEG);
    }

    private void segment(int marker) {
        if (marker == SOI || marker == 0x01 || marker >= 0xD0 && marker <= 0xD7) {
            return;
        }
        SegmentData data = segmentData();
        switch (marker) {
            case DHT -> tables.huffman(data);
            case DQT -> tables.quantisation(data);
            case DRI -> tables.restart(data);
            case 0xC0, 0xC1, 0xC2 -> frame(data, marker == 0xC2);
            case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> throw unsupported(
                    marker > 0xC8 ? "with arithmetic coding" : marker == 0xC3 ? "without loss" : "of several layers");
            case APP0 -> jfif |= data.startsWith("JFIF\0");
            case APP1 -> exif(data);
            case APP2 -> profile.add(data);
            case APP14 -> adobe(data);
            default -> {
                // Comments, other programs' notes and what no reader needs.
            }
        }
    }

    private SegmentData segmentData() {
        if (at + 2 > file.length) {
            throw UnreadablePicture.truncated(ImageFormat.JPEG);
        }
        int length = (file[at] & 0xFF) << 8 | file[at + 1] & 0xFF;
        if (length < 2) {
            throw damaged("a segment is shorter than its length");
        }
        if (at + length > file.length) {
            throw UnreadablePicture.truncated(ImageFormat.JPEG);
        }
        SegmentData data = new SegmentData(file, at + 2, at + length);
        at += length;
        return data;
    }

    private void frame(SegmentData data, boolean progressive) {
        if (frame != null) {
            throw damaged("it has two frame headers");
        }
        if (data.next() != 8) {
            throw unsupported("of more than 8 bits a colour");
        }
        int height = data.nextTwo();
        int width = data.nextTwo();
        if (width == 0 || height == 0) {
            throw damaged("its width or height is missing");
        }
        int count = data.next();
        if (count != 1 && count != 3 && count != 4) {
            throw damaged("it has %d components".formatted(count));
        }
        List<Frame.Sampling> samplings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            samplings.add(sampling(data, count == 1));
        }
        frame = Frame.of(progressive, width, height, samplings);
    }

    private static Frame.Sampling sampling(SegmentData data, boolean alone) {
        int id = data.next();
        int factors = data.next();
        int across = factors >> 4;
        int down = factors & 15;
        int table = data.next();
        if (across < 1 || across > 4 || down < 1 || down > 4 || table > 3) {
            throw damaged("a component has impossible sampling");
        }
        // Alone, a component is not subsampled, whatever its factors.
        return alone ? new Frame.Sampling(id, 1, 1, table) : new Frame.Sampling(id, across, down, table);
    }

    private void exif(SegmentData data) {
        if (data.startsWith("Exif\0")) {
            orientation = Exif.orientation(data.copy(6));
        }
    }

    private void adobe(SegmentData data) {
        if (data.startsWith("Adobe") && data.length() >= 12) {
            adobe = data.at(11);
        }
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.JPEG, what);
    }

    private static UnreadablePicture unsupported(String kind) {
        return new UnreadablePicture(Reason.UNSUPPORTED_FORMAT,
                "JPEG files %s are not read here: send baseline or progressive JPEG, PNG or still WebP."
                        .formatted(kind));
    }
}
