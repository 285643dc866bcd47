package haricot.picture;

import java.util.List;
import java.util.Locale;

/// Names what is not read here, so that a caller knows what to change.
final class ForeignFormat {
    /// Marks of files that are neither text nor in the container of ISO/IEC 14496-12, in the order in which they are tried.
    private static final List<Mark> MARKS = List.of(new Mark(0, "GIF87a", "GIF pictures"),
            new Mark(0, "GIF89a", "GIF pictures"), new Mark(0, "II*\0", "TIFF pictures and raw camera files"),
            new Mark(0, "MM\0*", "TIFF pictures and raw camera files"),
            new Mark(0, "II+\0", "TIFF pictures and raw camera files"),
            new Mark(0, "MM\0+", "TIFF pictures and raw camera files"), new Mark(0, "II\274\1", "JPEG XR pictures"),
            new Mark(0, "\0\0\1\0", "Windows icons"), new Mark(0, "\0\0\2\0", "Windows icons"),
            new Mark(0, "\377\12", "JPEG XL pictures"), new Mark(4, "JXL ", "JPEG XL pictures"),
            new Mark(4, "jP  ", "JPEG 2000 pictures"), new Mark(0, "\377O\377Q", "JPEG 2000 pictures"),
            new Mark(0, "8BPS", "Photoshop files"), new Mark(0, "qoif", "QOI pictures"),
            new Mark(0, "v/1\1", "OpenEXR pictures"), new Mark(0, "\32\105\337\243", "Videos (WebM, Matroska)"),
            new Mark(8, "AVI ", "Videos (AVI)"), new Mark(0, "FLV", "Videos (Flash)"),
            new Mark(0, "\0\0\1\272", "Videos (MPEG)"), new Mark(0, "\0\0\1\263", "Videos (MPEG)"),
            new Mark(4, "moov", "Videos (QuickTime)"), new Mark(4, "mdat", "Videos (QuickTime)"),
            new Mark(8, "WAVE", "Audio files"), new Mark(0, "ID3", "Audio files"),
            new Mark(0, "OggS", "Ogg audio and videos"),
            new Mark(0, "fLaC", "Audio files"), new Mark(0, "%PDF-", "PDF files"),
            new Mark(0, "%!PS", "PostScript files"),
            new Mark(0, "PK\3\4", "ZIP archives and office documents"),
            new Mark(0, "PK\5\6", "ZIP archives and office documents"), new Mark(0, "\37\213", "Archives"),
            new Mark(0, "7z\274\257", "Archives"), new Mark(0, "Rar!", "Archives"),
            new Mark(0, "\375" + "7zXZ", "Archives"), new Mark(0, "\177ELF", "Programs"),
            new Mark(0, "MZ", "Programs"));

    private ForeignFormat() {}

    private record Mark(int at, String text, String name) {}

    /// What a file is, in the plural, such as `PDF files`.
    ///
    /// @param head its first bytes as characters of the same numbers
    static String name(String head) {
        if (head.startsWith("ftyp", 4)) {
            return isoMedia(head);
        }
        for (Mark mark : MARKS) {
            if (head.startsWith(mark.text, mark.at)) {
                return mark.name;
            }
        }
        if (head.startsWith("BM") && head.length() > 26 && head.indexOf('\0') >= 0) {
            return "BMP pictures";
        }
        return text(head);
    }

    /// HEIC, AVIF and videos share a container; its brands tell them apart.
    private static String isoMedia(String head) {
        int size = Math.clamp((long) (head.charAt(2) << 8 | head.charAt(3)), 8, head.length());
        String brands = head.substring(8, size);
        if (brands.contains("avif") || brands.contains("avis")) {
            return "AVIF pictures";
        }
        if (brands.contains("hei") || brands.contains("hev") || brands.contains("mif1") || brands.contains("msf1")) {
            return "HEIC photos";
        }
        return brands.startsWith("crx ") ? "TIFF pictures and raw camera files" : "Videos (MP4, QuickTime)";
    }

    private static String text(String head) {
        // Without the byte order mark of UTF-8.
        String start = head.replace("\357\273\277", "").stripLeading().toLowerCase(Locale.ROOT);
        if (start.contains("<svg") && start.startsWith("<")) {
            return "SVG drawings";
        }
        if (start.startsWith("<!doctype html") || start.startsWith("<html") || start.startsWith("<head")
                || start.startsWith("<body")) {
            return "HTML pages";
        }
        if (start.startsWith("<?xml")) {
            return "XML files";
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return "JSON files";
        }
        boolean readable = !start.isEmpty()
                && start.chars().allMatch(c -> c >= ' ' && c != 0x7F || c == '\n' || c == '\r' || c == '\t');
        return readable ? "Text files" : "Files of this kind";
    }
}
