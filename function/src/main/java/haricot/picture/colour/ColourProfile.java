package haricot.picture.colour;

/// What the numbers of a picture mean as colours.
public interface ColourProfile {

    /// Turns pixels into sRGB in place.
    ///
    /// @param pixels three bytes each: red, green, blue
    /// @param count how many pixels
    void toSrgb(byte[] pixels, int count);

    /// Nothing to do: sRGB already, or not known to be anything else.
    record Srgb() implements ColourProfile {
        @Override
        public void toSrgb(byte[] pixels, int count) {}
    }
}
