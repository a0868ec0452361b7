/** What can change in a product. A leaf, since the tables and the page both list them. */
export const CHANGE_KINDS = ["added", "withdrawn", "returned", "price", "stock", "details", "inactive", "active"] as const;
