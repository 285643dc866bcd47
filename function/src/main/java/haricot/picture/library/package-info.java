/// libjpeg-turbo and libwebp, in a native library: finding it, loading it, calling it.
///
/// Imports: nothing of ours.
package haricot.picture.library;
