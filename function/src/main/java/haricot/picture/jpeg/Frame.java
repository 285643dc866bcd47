package haricot.picture.jpeg;

import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import haricot.picture.raster.UnreadablePicture.Reason;
import java.util.ArrayList;
import java.util.List;

/// What a frame header says (T.81, B.2.2).
///
/// @param progressive several scans refine each other
/// @param width in pixels
/// @param height in pixels
/// @param ids of the components: one for grey, three for colour, four for CMYK; some files have one twice
record Frame(boolean progressive, int width, int height, List<Integer> ids) {

    static Frame read(SegmentData data, boolean progressive) {
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
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(data.next());
            int factors = data.next();
            int across = factors >> 4;
            int down = factors & 15;
            if (across < 1 || across > 4 || down < 1 || down > 4 || data.next() > 3) {
                throw damaged("a component has impossible sampling");
            }
        }
        return new Frame(progressive, width, height, List.copyOf(ids));
    }

    /// Which component a scan means by an id.
    ///
    /// @param taken those that the scan has named before: where two have one id, they come in the order of the frame
    int component(int id, List<Integer> taken) {
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) == id && !taken.contains(i)) {
                return i;
            }
        }
        throw damaged("a scan has a component that the frame has not");
    }

    static UnreadablePicture unsupported(String kind) {
        return new UnreadablePicture(Reason.UNSUPPORTED_FORMAT,
                "JPEG files %s are not read here: send baseline or progressive JPEG, PNG or still WebP."
                        .formatted(kind));
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.JPEG, what);
    }
}
