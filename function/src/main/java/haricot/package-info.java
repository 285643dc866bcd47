/// What Lambda calls, and how it starts: settings, wiring, snapshot, rehearsal.
///
/// Imports: everything below. The only package with Lambda, CRaC and S3 client types.
package haricot;
