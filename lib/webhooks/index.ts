export { type BambooEvent, bambooEvent } from "./bamboo-event";
export { verifySvix } from "./verify-svix";
