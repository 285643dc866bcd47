package haricot.picture.colour;

/// What the numbers of a picture mean as colours.
public sealed interface ColourProfile permits ColourProfile.Srgb, MatrixProfile {

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

    /// Reads an ICC profile.
    ///
    /// Profiles of a matrix and curves are understood, as cameras, phones and screens have them (Display P3, Adobe RGB,
    /// ProPhoto), and curves of grey. Profiles of tables (printers, CMYK), damaged ones and those that change no
    /// colour by more than a level leave the pixels as they are.
    ///
    /// @param icc the profile, empty where there is none
    /// @param grey whether the picture has one channel
    static ColourProfile read(byte[] icc, boolean grey) {
        return IccReader.read(icc, grey).<ColourProfile>map(profile -> profile).orElse(new Srgb());
    }
}
