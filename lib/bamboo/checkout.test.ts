import { describe, expect, it } from "vitest";
import { type CheckoutOutcome, checkoutBody, checkoutOutcome } from "./checkout";
import { REASONS } from "./reasons";
import { type Exchange, parseJson } from "./request";

const ID = "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c11";
const OTHER = "0b9f1c52-6f0e-4a53-8a0a-3d4b1f2a7c12";
