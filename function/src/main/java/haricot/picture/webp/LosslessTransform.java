package haricot.picture.webp;

/// What an encoder did to a row of pixels, undone (RFC 9649, 3.5). Rows come from the top, and a transform may remember the
/// one before.
sealed interface LosslessTransform {

    /// By their numbers in the file, two bits.
    enum Kind {
        PREDICTOR,
        COLOUR,
        SUBTRACT_GREEN,
        COLOUR_INDEXING;

        static Kind of(int number) {
            return switch (number) {
                case 0 -> PREDICTOR;
                case 1 -> COLOUR;
                case 2 -> SUBTRACT_GREEN;
                case 3 -> COLOUR_INDEXING;
                default -> throw new IllegalArgumentException("transform " + number);
            };
        }
    }

    /// @param width of the rows that come out
    static LosslessTransform read(Kind kind, LosslessImage image, int width, int height) {
        return switch (kind) {
            case PREDICTOR -> {
                int bits = 2 + image.bits().number(3);
                yield new Predictor(width, bits, squares(image, width, height, bits));
            }
            case COLOUR -> {
                int bits = 2 + image.bits().number(3);
                yield new Colour(width, bits, squares(image, width, height, bits));
            }
            case SUBTRACT_GREEN -> new SubtractGreen(width);
            case COLOUR_INDEXING -> ColourIndexing.read(image, width);
        };
    }

    private static int[] squares(LosslessImage image, int width, int height, int bits) {
        return image.inner(LosslessImage.squares(width, bits), LosslessImage.squares(height, bits));
    }

    /// How wide the rows are that go in.
    int packedWidth();

    /// Undoes the transform of a row.
    ///
    /// @param row may be changed
    /// @return the row, good until the next call
    int[] apply(int[] row, int y);

    /// Each pixel was taken from one predicted from its neighbours, in one of fourteen ways a square.
    record Predictor(int packedWidth, int bits, int[] modes, int[] above, int[] current) implements LosslessTransform {
        private Predictor(int width, int bits, int[] modes) {
            // One pixel more: the rightmost one's upper right neighbour is the first of its own row.
            this(width, bits, modes, new int[width + 1], new int[width]);
        }

        @Override
        public int[] apply(int[] row, int y) {
            if (y == 0) {
                current[0] = Prediction.sum(row[0], 0xFF000000);
                for (int x = 1; x < packedWidth; x++) {
                    current[x] = Prediction.sum(row[x], current[x - 1]);
                }
            } else {
                current[0] = Prediction.sum(row[0], above[0]);
                above[packedWidth] = current[0];
                int squares = (y >> bits) * LosslessImage.squares(packedWidth, bits);
                for (int x = 1; x < packedWidth; x++) {
                    int mode = modes[squares + (x >> bits)] >> 8 & 15;
                    current[x] = Prediction.sum(row[x],
                            Prediction.of(mode, current[x - 1], above[x - 1], above[x], above[x + 1]));
                }
            }
            System.arraycopy(current, 0, above, 0, packedWidth);
            System.arraycopy(current, 0, row, 0, packedWidth);
            return row;
        }
    }

    /// Parts of green and red were taken from red and blue, other ones in each square.
    record Colour(int packedWidth, int bits, int[] factors) implements LosslessTransform {
        @Override
        public int[] apply(int[] row, int y) {
            int squares = (y >> bits) * LosslessImage.squares(packedWidth, bits);
            for (int x = 0; x < packedWidth; x++) {
                int factor = factors[squares + (x >> bits)];
                int pixel = row[x];
                byte green = (byte) (pixel >> 8);
                int red = (pixel >> 16) + ((byte) factor * green >> 5) & 0xFF;
                int blue = pixel + ((byte) (factor >> 8) * green >> 5) + ((byte) (factor >> 16) * (byte) red >> 5)
                        & 0xFF;
                row[x] = pixel & 0xFF00FF00 | red << 16 | blue;
            }
            return row;
        }
    }

    /// Green was taken from red and blue.
    record SubtractGreen(int packedWidth) implements LosslessTransform {
        @Override
        public int[] apply(int[] row, int y) {
            for (int x = 0; x < packedWidth; x++) {
                int pixel = row[x];
                int green = pixel >> 8 & 0xFF;
                row[x] = pixel & 0xFF00FF00 | (pixel & 0xFF00FF) + (green << 16 | green) & 0xFF00FF;
            }
            return row;
        }
    }

    /// Pixels are indices into a palette, several of them in one where it is small.
    ///
    /// @param bits logarithm of how many indices there are in a pixel
    record ColourIndexing(int packedWidth, int bits, int[] palette, int[] wide) implements LosslessTransform {

        private static ColourIndexing read(LosslessImage image, int width) {
            int colours = image.bits().number(8) + 1;
            int bits = colours > 16 ? 0 : colours > 4 ? 1 : colours > 2 ? 2 : 3;
            // Indices that the palette has not are transparent black.
            int[] palette = new int[256];
            int[] differences = image.inner(colours, 1);
            for (int i = 0; i < colours; i++) {
                palette[i] = Prediction.sum(differences[i], i == 0 ? 0 : palette[i - 1]);
            }
            return new ColourIndexing(LosslessImage.squares(width, bits), bits, palette, new int[width]);
        }

        @Override
        public int[] apply(int[] row, int y) {
            int size = 8 >> bits;
            int mask = (1 << size) - 1;
            for (int x = 0; x < wide.length; x++) {
                int shift = 8 + (x & (1 << bits) - 1) * size;
                wide[x] = palette[row[x >> bits] >> shift & mask];
            }
            return wide;
        }
    }
}
