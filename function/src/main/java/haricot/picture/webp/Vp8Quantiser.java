package haricot.picture.webp;

/// What coefficients of one segment are multiplied with (RFC 6386, 9.6 and 14.1).
///
/// @param lumaFirst of the first coefficient of luma blocks
/// @param luma of the others
/// @param secondFirst of the block that holds the first coefficients of a macroblock
/// @param second of its others
/// @param chromaFirst of chroma blocks
/// @param chroma of their others
record Vp8Quantiser(int lumaFirst, int luma, int secondFirst, int second, int chromaFirst, int chroma) {

    /// @param index 0 to 127
    /// @param deltas of the indices: first of luma, first and others of the second order, first and others of chroma
    static Vp8Quantiser of(int index, int[] deltas) {
        return new Vp8Quantiser(Vp8Tables.DC_STEPS[clamp(index + deltas[0], 127)],
                Vp8Tables.AC_STEPS[clamp(index, 127)], Vp8Tables.DC_STEPS[clamp(index + deltas[1], 127)] * 2,
                Math.max(8, Vp8Tables.AC_STEPS[clamp(index + deltas[2], 127)] * 155 / 100),
                Vp8Tables.DC_STEPS[clamp(index + deltas[3], 117)], Vp8Tables.AC_STEPS[clamp(index + deltas[4], 127)]);
    }

    private static int clamp(int index, int most) {
        return Math.min(Math.max(index, 0), most);
    }
}
