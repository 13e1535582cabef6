"""Tables as files: CSV, XLSX and ODS out of the same rows, none of whose cells a spreadsheet takes for a formula."""
