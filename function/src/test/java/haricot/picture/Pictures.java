package haricot.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/// The drawn pictures of `src/test/python/pictures.py`, with what Pillow sees in them.
public record Pictures(List<Picture> all) {

    /// @param kept to how many pixels of the short side it may be reduced
    /// @param most by how many levels a pixel may differ
    record Picture(String file, int kept, int width, int height, int most, String sha256) {
        byte[] bytes() {
            return resource(file);
        }

        /// What Pillow decoded; only of pictures that may differ.
        byte[] pixels() {
            try (ZipInputStream zip = new ZipInputStream(stream("pixels.zip"))) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    if (entry.getName().equals(file)) {
                        return zip.readAllBytes();
                    }
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            throw new IllegalArgumentException("no pixels of " + file);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    static Pictures read() {
        try (InputStream in = stream("pictures.json")) {
            List<Picture> pictures = new ArrayList<>();
            for (JsonNode node : new JsonMapper().readTree(in)) {
                pictures.add(new Picture(node.get("file").textValue(), node.get("kept").intValue(),
                        node.get("width").intValue(), node.get("height").intValue(), node.get("most").intValue(),
                        node.get("sha256").textValue()));
            }
            return new Pictures(pictures);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The bytes of a drawn picture.
    static byte[] resource(String name) {
        try (InputStream in = stream(name)) {
            return in.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static InputStream stream(String name) {
        InputStream in = Pictures.class.getResourceAsStream("/pictures/" + name);
        if (in == null) {
            throw new IllegalArgumentException("no picture " + name);
        }
        return in;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
