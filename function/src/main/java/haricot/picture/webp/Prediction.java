package haricot.picture.webp;

/// The predictors of lossless images (RFC 9649, 3.5.1), on pixels of four bytes each.
final class Prediction {
    private Prediction() {}

    /// Adds pixels byte by byte, without carry from one to the next.
    static int sum(int a, int b) {
        return (a & 0xFF00FF00) + (b & 0xFF00FF00) & 0xFF00FF00 | (a & 0x00FF00FF) + (b & 0x00FF00FF) & 0x00FF00FF;
    }

    /// @param mode 0 to 15
    static int of(int mode, int left, int upperLeft, int up, int upperRight) {
        return switch (mode) {
            case 1 -> left;
            case 2 -> up;
            case 3 -> upperRight;
            case 4 -> upperLeft;
            case 5 -> mean(mean(left, upperRight), up);
            case 6 -> mean(left, upperLeft);
            case 7 -> mean(left, up);
            case 8 -> mean(upperLeft, up);
            case 9 -> mean(up, upperRight);
            case 10 -> mean(mean(left, upperLeft), mean(up, upperRight));
            case 11 -> select(left, up, upperLeft);
            case 12 -> gradient(left, up, upperLeft);
            case 13 -> half(mean(left, up), upperLeft);
            default -> 0xFF000000;
        };
    }

    private static int mean(int a, int b) {
        return ((a ^ b) >>> 1 & 0x7F7F7F7F) + (a & b);
    }

    private static int select(int left, int up, int upperLeft) {
        int balance = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int corner = upperLeft >>> shift & 0xFF;
            balance += Math.abs((left >>> shift & 0xFF) - corner) - Math.abs((up >>> shift & 0xFF) - corner);
        }
        return balance <= 0 ? up : left;
    }

    private static int gradient(int left, int up, int upperLeft) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int level = (left >>> shift & 0xFF) + (up >>> shift & 0xFF) - (upperLeft >>> shift & 0xFF);
            pixel |= clamp(level) << shift;
        }
        return pixel;
    }

    private static int half(int mean, int upperLeft) {
        int pixel = 0;
        for (int shift = 0; shift < 32; shift += 8) {
            int level = mean >>> shift & 0xFF;
            pixel |= clamp(level + (level - (upperLeft >>> shift & 0xFF)) / 2) << shift;
        }
        return pixel;
    }

    private static int clamp(int level) {
        return Math.min(Math.max(level, 0), 255);
    }
}
