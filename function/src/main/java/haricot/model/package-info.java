/// A model file: its card, its prediction, the verdict. The only package that knows ONNX Runtime.
///
/// Imports: `picture`, `picture.raster`.
package haricot.model;
