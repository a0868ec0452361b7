export { listCards } from "./list-cards";
export { revealCard } from "./reveal-card";
export { type CardsForLine, storeCards } from "./store-cards";
