export { type CheckedMargins, checkMargins } from "./check-margins";
export { listPartners } from "./list-partners";
export { listRules } from "./list-rules";
export { previewRule } from "./preview-rule";
export { removeRule } from "./remove-rule";
export { saveRule } from "./save-rule";
