export { ownAccounts, walletAccounts } from "./accounts";
export { insufficientFunds } from "./insufficient-funds";
export { listWallets } from "./list-wallets";
export { type NewTransfer, postTransfers } from "./post-transfers";
export { topUp } from "./top-up";
