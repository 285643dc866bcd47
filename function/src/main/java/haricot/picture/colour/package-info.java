/// What the numbers of a picture mean as colours: ICC profiles.
///
/// Imports: nothing of ours.
package haricot.picture.colour;
