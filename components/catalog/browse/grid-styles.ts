/** Cards side by side, as many as read well. */
export const gridStyles = "grid grid-cols-1 gap-3 sm:grid-cols-2 xl:grid-cols-3";
