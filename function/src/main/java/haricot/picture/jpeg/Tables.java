package haricot.picture.jpeg;

import haricot.picture.jpeg.Scan.Part;
import haricot.picture.raster.ImageFormat;
import haricot.picture.raster.UnreadablePicture;
import java.util.ArrayList;
import java.util.List;

/// The tables that a file has set so far. Scans take those in force when they start.
final class Tables {
    private final int[][] quantisation = new int[4][];
    private final HuffmanTable[] dc = new HuffmanTable[4];
    private final HuffmanTable[] ac = new HuffmanTable[4];
    private int restartInterval;

    void restart(SegmentData data) {
        restartInterval = data.nextTwo();
    }

    void quantisation(SegmentData data) {
        while (data.hasMore()) {
            int head = data.next();
            if (head >> 4 > 1 || (head & 15) > 3) {
                throw damaged("a quantisation table has an impossible number");
            }
            int[] table = new int[64];
            for (int place : Zigzag.NATURAL) {
                table[place] = head >> 4 == 1 ? data.nextTwo() : data.next();
            }
            quantisation[head & 15] = table;
        }
    }

    void huffman(SegmentData data) {
        while (data.hasMore()) {
            int head = data.next();
            if (head >> 4 > 1 || (head & 15) > 3) {
                throw damaged("a Huffman table has an impossible number");
            }
            int[] counts = new int[16];
            int total = 0;
            for (int i = 0; i < 16; i++) {
                counts[i] = data.next();
                total += counts[i];
            }
            byte[] symbols = data.next(total);
            boolean first = head >> 4 == 0;
            for (byte symbol : symbols) {
                if (first && (symbol & 0xFF) > 15) {
                    throw damaged("a Huffman table has an impossible symbol");
                }
            }
            (first ? dc : ac)[head & 15] = new HuffmanTable(counts, symbols);
        }
    }

    /// Reads a scan header.
    ///
    /// @param start where the data behind it start
    Scan scan(SegmentData data, Frame frame, int start) {
        if (frame == null) {
            throw damaged("a scan comes before the frame header");
        }
        int count = data.next();
        if (count < 1 || count > frame.components().size()) {
            throw damaged("a scan has %d components".formatted(count));
        }
        List<int[]> chosen = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = data.next();
            int tables = data.next();
            chosen.add(new int[]{id, tables >> 4 & 3, tables & 3});
        }
        int from = data.next();
        int to = data.next();
        int bits = data.next();
        Coding coding = frame.progressive()
                ? progressive(from, to, bits >> 4, bits & 15, count)
                : new Coding.Sequential();
        List<Part> parts = new ArrayList<>();
        for (int[] choice : chosen) {
            parts.add(part(frame, choice, coding));
        }
        if (parts.stream().map(Part::component).distinct().count() < count) {
            throw damaged("a scan has a component twice");
        }
        return new Scan(parts, coding, restartInterval, start);
    }

    private static Coding progressive(int from, int to, int high, int low, int components) {
        boolean sound = low <= 13 && (from == 0 ? to == 0 : from <= to && to <= 63 && components == 1);
        if (!sound) {
            throw damaged("a scan has impossible parameters");
        }
        if (from > 0) {
            return new ProgressiveAc(from, to, high > 0, low);
        }
        return high > 0 ? new Coding.RefinedDc(low) : new Coding.FirstDc(low);
    }

    private Part part(Frame frame, int[] choice, Coding coding) {
        Component component = frame.components().stream().filter(c -> c.id == choice[0]).findFirst()
                .orElseThrow(() -> damaged("a scan has a component that the frame has not"));
        if (component.quantisation == null) {
            component.quantisation = quantisation[component.tableIndex];
        }
        HuffmanTable first = dc[choice[1]];
        HuffmanTable others = ac[choice[2]];
        boolean complete = component.quantisation != null && switch (coding) {
            case Coding.Sequential _ -> first != null && others != null;
            case Coding.FirstDc _ -> first != null;
            case Coding.RefinedDc _ -> true;
            case ProgressiveAc _ -> others != null;
        };
        if (!complete) {
            throw damaged("a table is missing");
        }
        return new Part(component, first, others);
    }

    private static UnreadablePicture damaged(String what) {
        return UnreadablePicture.damaged(ImageFormat.JPEG, what);
    }
}
