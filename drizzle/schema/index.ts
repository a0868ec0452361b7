export * from "./auth";
export * from "./cards";
export * from "./catalog";
export * from "./dispatch";
export * from "./ledger";
export * from "./orders";
export * from "./partners";
