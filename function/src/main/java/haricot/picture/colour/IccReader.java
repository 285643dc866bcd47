package haricot.picture.colour;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// Reads an ICC profile (ICC.1:2022).
///
/// Profiles of a matrix and curves are understood, as cameras, phones and screens have them (Display P3, Adobe RGB,
/// ProPhoto), and curves of grey. Profiles of tables (printers, CMYK), damaged ones and those that change no
/// colour by more than a level leave the pixels as they are.
public final class IccReader {
    private static final int TAG_TABLE = 128;
    private static final int TAG = 12;
    private static final int MOST_TAGS = 100;
    private static final int MOST_ENTRIES = 1 << 16;

    private final ByteBuffer icc;

    private IccReader(byte[] icc) {
        this.icc = ByteBuffer.wrap(icc);
    }

    /// @param icc the profile, empty where there is none
    /// @param grey whether the picture has one channel
    public static ColourProfile read(byte[] icc, boolean grey) {
        if (icc.length < TAG_TABLE + 4) {
            return new ColourProfile.Srgb();
        }
        try {
            return new IccReader(icc).profile(grey).filter(MatrixProfile::changesColours)
                    .<ColourProfile>map(profile -> profile).orElse(new ColourProfile.Srgb());
        } catch (IndexOutOfBoundsException broken) {
            // An offset that leads out of the profile: every program shows such a picture without its profile.
            return new ColourProfile.Srgb();
        }
    }

    private Optional<MatrixProfile> profile(boolean grey) {
        String space = text(16);
        if (!text(20).equals("XYZ ") || !space.equals(grey ? "GRAY" : "RGB ")) {
            return Optional.empty();
        }
        if (grey) {
            return curve("kTRC").map(curve -> new MatrixProfile(new float[][]{curve, curve, curve}, null));
        }
        float[][] curves = new float[3][];
        float[][] colours = new float[3][];
        for (int i = 0; i < 3; i++) {
            char colour = "rgb".charAt(i);
            int xyz = tag(colour + "XYZ");
            Optional<float[]> curve = curve(colour + "TRC");
            if (xyz < 0 || curve.isEmpty()) {
                return Optional.empty();
            }
            curves[i] = curve.get();
            colours[i] = new float[]{fixed(xyz + 8), fixed(xyz + 12), fixed(xyz + 16)};
        }
        return Optional.of(new MatrixProfile(curves, colours));
    }

    /// Where a tag's data start, -1 if there is no such tag.
    private int tag(String signature) {
        int count = Math.min(icc.getInt(TAG_TABLE), MOST_TAGS);
        for (int i = 0; i < count; i++) {
            int entry = TAG_TABLE + 4 + i * TAG;
            if (text(entry).equals(signature)) {
                return icc.getInt(entry + 4);
            }
        }
        return -1;
    }

    /// A curve as the light, 0 to 1, of each of 256 levels.
    private Optional<float[]> curve(String signature) {
        int at = tag(signature);
        if (at < 0) {
            return Optional.empty();
        }
        return switch (text(at)) {
            case "curv" -> Optional.of(table(at));
            case "para" -> parametric(at);
            default -> Optional.empty();
        };
    }

    private float[] table(int at) {
        int count = Objects.checkIndex(icc.getInt(at + 8), MOST_ENTRIES + 1);
        float[] curve = new float[256];
        for (int level = 0; level < 256; level++) {
            double x = level / 255.0;
            if (count == 0) {
                curve[level] = (float) x;
            } else if (count == 1) {
                curve[level] = (float) Math.pow(x, (icc.getShort(at + 12) & 0xFFFF) / 256.0);
            } else {
                double place = x * (count - 1);
                int below = (int) Math.min(place, count - 2.0);
                double part = place - below;
                curve[level] = (float) (entry(at, below) * (1 - part) + entry(at, below + 1) * part);
            }
        }
        return curve;
    }

    private double entry(int at, int index) {
        return (icc.getShort(at + 12 + 2 * index) & 0xFFFF) / 65535.0;
    }

    /// The five forms of a parametric curve (10.18 of the standard).
    private Optional<float[]> parametric(int at) {
        int form = icc.getShort(at + 8);
        if (form < 0 || form > 4) {
            return Optional.empty();
        }
        int[] counts = {1, 3, 4, 5, 7};
        double[] p = new double[7];
        for (int i = 0; i < counts[form]; i++) {
            p[i] = fixed(at + 12 + 4 * i);
        }
        double gamma = p[0];
        double a = form == 0 ? 1 : p[1];
        double b = p[2];
        // Below `from` the curve is the line `slope * x + foot`; above, the power has `lift` added.
        double from = form >= 3 ? p[4] : form == 0 ? 0 : -b / a;
        double slope = form >= 3 ? p[3] : 0;
        double foot = form == 2 ? p[3] : p[6];
        double lift = form == 2 ? p[3] : p[5];
        float[] curve = new float[256];
        for (int level = 0; level < 256; level++) {
            double x = level / 255.0;
            double light = x >= from ? Math.pow(a * x + b, gamma) + lift : slope * x + foot;
            curve[level] = (float) (light >= 0 ? Math.min(light, 1) : 0);
        }
        return Optional.of(curve);
    }

    private float fixed(int at) {
        return icc.getInt(at) / 65536f;
    }

    private String text(int at) {
        byte[] four = new byte[4];
        icc.get(at, four);
        return new String(four, StandardCharsets.ISO_8859_1);
    }
}
