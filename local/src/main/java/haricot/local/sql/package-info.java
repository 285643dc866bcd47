/// `haricot sql`: one set of tables and views, read by DuckDB on this computer and by Athena on AWS.
///
/// Imports: `host`, `bucket`.
package haricot.local.sql;
