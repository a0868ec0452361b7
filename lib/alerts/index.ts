export { acknowledgeAlert } from "./acknowledge-alert";
export { listAlerts } from "./list-alerts";
export { type NewAlert, raiseAlert } from "./raise-alert";
export { resolveAlert } from "./resolve-alert";
