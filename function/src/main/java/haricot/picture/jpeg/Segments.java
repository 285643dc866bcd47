package haricot.picture.jpeg;

import haricot.picture.colour.ProfileParts;
import haricot.picture.raster.Exif;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;

/// Walks over the marker segments of a file in order (T.81, annex B), remembers what they set, and puts aside what the
/// library needs of them: see [Mended].
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
    private final Mended mended;
    private final ProfileParts profile = new ProfileParts();
    private int at = 2;
    private Frame frame;
    private boolean jfif;
    private int adobe = -1;
    private OptionalInt orientation = OptionalInt.empty();
    private int restartInterval;
    private boolean cutOff;

    Segments(byte[] file) {
        this.file = file;
        mended = new Mended(file);
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

    /// Walks to the end: behind it nothing is looked at. The end is where every coefficient is there, whether or not a
    /// marker says so, or else where one does.
    ///
    /// @return what the library is to read
    ByteBuffer walk() {
        Scans scans = new Scans(frame);
        while (!scans.complete()) {
            int marker = nextMarker();
            if (marker == EOI) {
                break;
            } else if (marker == SOS) {
                if (!scans.seenAny()) {
                    mended.colours(colours());
                }
                mended.scan(scans.add(segmentData()));
                entropyCodedData();
            } else {
                segment(marker);
            }
        }
        if (!scans.allSeen()) {
            throw UnreadablePicture.truncated(ImageFormat.JPEG);
        }
        return mended.finished();
    }

    /// Whether the last scan's data go on to the end of the file: if they are not enough, it was cut off.
    boolean cutOff() {
        return cutOff;
    }

    /// See [haricot.picture.raster.Exif]; the first one counts, as in browsers.
    int orientation() {
        return orientation.orElse(1);
    }

    byte[] profile() {
        return profile.joined();
    }

    /// How the components make colours, by the rules of libjpeg, as the number that Adobe's segment has for it.
    private int colours() {
        List<Integer> ids = frame.ids();
        return switch (ids.size()) {
            case 1 -> Mended.GREY;
            case 3 -> isRgb(ids) ? Mended.AS_THEY_ARE : Mended.YCC;
            default -> adobe == Mended.YCCK ? Mended.YCCK : Mended.AS_THEY_ARE;
        };
    }

    private boolean isRgb(List<Integer> ids) {
        if (jfif) {
            return false;
        }
        if (adobe >= 0) {
            return adobe == Mended.AS_THEY_ARE;
        }
        return ids.equals(List.of((int) 'R', (int) 'G', (int) 'B'));
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
            case DHT, DQT -> mended.segment(marker, data.copy(0));
            case DRI -> {
                restartInterval = data.nextTwo();
                mended.segment(marker, data.copy(0));
            }
            case 0xC0, 0xC1, 0xC2 -> frame(data, marker);
            case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF -> throw Frame.unsupported(
                    marker > 0xC8 ? "with arithmetic coding" : marker == 0xC3 ? "without loss" : "of several layers");
            case APP0 -> jfif |= data.startsWith("JFIF\0");
            case APP1 -> exif(data);
            case APP2 -> profile(data);
            case APP14 -> adobe(data);
            default -> {
                // Comments, other programs' notes and what no reader needs.
            }
        }
    }

    private void profile(SegmentData data) {
        int name = ProfileParts.NAME.length();
        if (data.startsWith(ProfileParts.NAME) && data.length() > name + 2) {
            profile.add(data.at(name), data.at(name + 1), data.copy(name + 2));
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

    private void frame(SegmentData data, int marker) {
        if (frame != null) {
            throw damaged("it has two frame headers");
        }
        frame = Frame.read(data, marker == 0xC2);
        byte[] header = data.copy(0);
        for (int i = 0; i < frame.ids().size(); i++) {
            header[6 + 3 * i] = (byte) (i + 1);
        }
        mended.segment(marker, header);
    }

    private void exif(SegmentData data) {
        if (orientation.isEmpty() && data.startsWith("Exif\0")) {
            orientation = Exif.orientation(data.copy(6));
        }
    }

    private void adobe(SegmentData data) {
        if (data.startsWith("Adobe") && data.length() >= 12) {
            adobe = data.at(11);
        }
    }

    /// Passes over a scan's data and the restart markers in them.
    private void entropyCodedData() {
        int start = at;
        int restarts = 0;
        while ((at = EntropyCoded.nextFull(file, at)) + 1 < file.length) {
            if (file[at + 1] == 0 || file[at + 1] == (byte) 0xFF) {
                at++;
            } else if ((file[at + 1] & 0xF8) != 0xD0) {
                mended.data(start, at);
                return;
            } else if (restartInterval > 0 && (file[at + 1] & 7) != restarts++ % 8) {
                throw damaged("a restart marker is missing");
            } else {
                at += 2;
            }
        }
        at = file.length;
        mended.data(start, at);
        cutOff = true;
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.JPEG, what);
    }
}
