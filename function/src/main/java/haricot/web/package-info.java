/// HTTP as AWS hands it on: events, forms, problems, CORS.
///
/// Imports: nothing of ours.
package haricot.web;
