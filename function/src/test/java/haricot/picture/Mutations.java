package haricot.picture;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// Breaks files, a little at a time and in the ways that decoders fall over: lengths that lie, bits that flip, pieces that
/// are missing, doubled or from elsewhere.
final class Mutations {
    private static final int[] EDGES = {0, 1, 0x7F, 0x80, 0xFE, 0xFF};

    private final RandomGenerator random;
    private final List<byte[]> seeds;

    Mutations(RandomGenerator random, List<byte[]> seeds) {
        this.random = random;
        this.seeds = seeds;
    }

    /// A broken file.
    byte[] next() {
        byte[] file = seed().clone();
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times && file.length > 0; i++) {
            file = mutate(file);
        }
        // Without right check sums a PNG file would be refused before anything else is tried.
        return random.nextInt(4) > 0 ? repaired(file) : file;
    }

    private byte[] seed() {
        return seeds.get(random.nextInt(seeds.size()));
    }

    private byte[] mutate(byte[] file) {
        // Heads are where the decisions are.
        int at = random.nextInt(random.nextBoolean() ? Math.min(file.length, 100) : file.length);
        int length = 1 + random.nextInt(Math.min(file.length - at, 1 + random.nextInt(40)));
        return switch (random.nextInt(8)) {
            case 0 -> set(file, at, file[at] ^ 1 << random.nextInt(8));
            case 1 -> set(file, at, EDGES[random.nextInt(EDGES.length)]);
            case 2 -> set(file, at, random.nextInt(256));
            case 3 -> Arrays.copyOf(file, at);
            case 4 -> joined(file, at, new byte[0], at + length);
            case 5 -> joined(file, at, Arrays.copyOfRange(file, at, at + length), at);
            case 6 -> joined(file, at, piece(length), at + length);
            default -> joined(file, at, piece(length), at);
        };
    }

    private static byte[] set(byte[] file, int at, int value) {
        file[at] = (byte) value;
        return file;
    }

    private byte[] piece(int length) {
        byte[] other = seed();
        int from = random.nextInt(other.length);
        return Arrays.copyOfRange(other, from, Math.min(other.length, from + length));
    }

    private static byte[] joined(byte[] file, int until, byte[] between, int from) {
        byte[] joined = Arrays.copyOf(file, until + between.length + file.length - from);
        System.arraycopy(between, 0, joined, until, between.length);
        System.arraycopy(file, from, joined, until + between.length, file.length - from);
        return joined;
    }

    private static byte[] repaired(byte[] file) {
        boolean png = file.length > 8 && file[0] == (byte) 0x89 && file[1] == 'P';
        for (int at = 8; png && at + 12 <= file.length;) {
            int length = number(file, at);
            if (length < 0 || length > file.length - at - 12) {
                break;
            }
            CRC32 sum = new CRC32();
            sum.update(file, at + 4, 4 + length);
            for (int i = 0; i < 4; i++) {
                file[at + 8 + length + i] = (byte) (sum.getValue() >> 24 - 8 * i);
            }
            at += 12 + length;
        }
        return file;
    }

    private static int number(byte[] file, int at) {
        return (file[at] & 0xFF) << 24 | (file[at + 1] & 0xFF) << 16 | (file[at + 2] & 0xFF) << 8 | file[at + 3] & 0xFF;
    }
}
