package haricot.picture.raster;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.OptionalInt;

/// The one thing that is read of a picture's EXIF data: how it is to be turned.
public final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int SHORT = 3;
    private static final int ENTRY = 12;

    private Exif() {}

    /// The orientation (CIPA DC-008, 4.6.5): 1 is upright, 2 to 8 are the other ways to turn and mirror.
    ///
    /// @param tiff EXIF data from the byte order on
    /// @return empty where there is none or it makes no sense: many a camera's data are broken
    public static OptionalInt orientation(byte[] tiff) {
        if (tiff.length < 8) {
            return OptionalInt.empty();
        }
        ByteBuffer data = ByteBuffer.wrap(tiff);
        if (tiff[0] == 'I' && tiff[1] == 'I') {
            data.order(ByteOrder.LITTLE_ENDIAN);
        } else if (tiff[0] != 'M' || tiff[1] != 'M') {
            return OptionalInt.empty();
        }
        int directory = data.getInt(4);
        if (directory < 8 || directory > tiff.length - 2) {
            return OptionalInt.empty();
        }
        int entries = data.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY;
            if (entry > tiff.length - ENTRY) {
                return OptionalInt.empty();
            }
            if ((data.getShort(entry) & 0xFFFF) == ORIENTATION && data.getShort(entry + 2) == SHORT) {
                int orientation = data.getShort(entry + 8) & 0xFFFF;
                return orientation >= 1 && orientation <= 8 ? OptionalInt.of(orientation) : OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }
}
