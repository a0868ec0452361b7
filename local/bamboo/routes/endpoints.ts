import type { Endpoint } from "../http/endpoint";
import { accountEndpoints } from "./accounts";
import { catalogEndpoints } from "./catalog";
import { checkoutEndpoints } from "./checkout";
import { notificationEndpoints } from "./notification";
import { orderEndpoints } from "./order";
import { rateEndpoints } from "./rates";
import { reportEndpoints } from "./reports";
import { stockEndpoints } from "./stock";

/** Every endpoint of the supplier. */
export const endpoints: readonly Endpoint[] = [
  ...checkoutEndpoints,
  ...orderEndpoints,
  ...catalogEndpoints,
  ...accountEndpoints,
  ...rateEndpoints,
  ...reportEndpoints,
  ...notificationEndpoints,
  ...stockEndpoints,
];
