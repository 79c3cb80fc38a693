// Package evidence keeps captured pages as WARC 1.1 files (ISO 28500:2017), so that a
// signal can be shown, years later, on the very bytes that it was read from.
//
// A folder holds files of gzip-compressed records, one member a record, as every WARC
// tool reads them. Each finished file has a CDXJ index beside it. A body is addressed by
// the SHA-256 of its decoded bytes; a body that is already kept is not stored again, but
// noted in a revisit record.
package evidence
