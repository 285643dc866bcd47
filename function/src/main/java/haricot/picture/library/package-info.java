/// JPEG and WebP by libjpeg-turbo and libwebp: the one place where native code reads what a caller sent.
///
/// Imports: nothing of ours.
package haricot.picture.library;
