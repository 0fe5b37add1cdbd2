/**
 * Export data: a checked package in, what its importers can learn of it out, and back
 * again. See `format.ts` for what it holds. A package read from export data answers as
 * one from sources does, but for parts of builds that it need not part.
 */
export { type ExportData, ExportDataError, exportFormat } from "./format.ts";
export { exportHash, type HashedPackage, type Hashing } from "./hash.ts";
export { readExportData } from "./read.ts";
export { writeExportData } from "./write.ts";
