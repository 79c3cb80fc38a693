// Package imports takes customers, deals, contacts, targets, interactions and outcomes from tables
// that people fill in or export: CSV and XLSX, UTF-8 or GB18030, with Chinese or English
// headings. It finds every fault of a table before anything is written.
package imports
