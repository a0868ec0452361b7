import type { Random } from "../../local/bamboo/random";

const MOST_CARDS = 5;

/** Cards of one order: one to five, all equally likely. */
export const drawQuantity = (random: Random): number => 1 + Math.floor(random() * MOST_CARDS);
