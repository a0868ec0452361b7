import { expect, test } from "vitest";
import { explore } from "@/local/testing/model/explore";
import { ledgerCommand } from "@/local/testing/model/ledger-commands";
import { runLedgerSequence } from "@/local/testing/model/ledger-run";
import { makeAdmins } from "@/local/testing/model/ledger-world";

const SEQUENCES = 1_000;
const TIMEOUT_MS = 300_000;

test(
  "whatever is tried in whatever order, balances are the model's and each refusal names a rule that was broken",
  async () => {
    const admins = await makeAdmins();
    const ran = await explore({
      command: ledgerCommand,
      sequences: SEQUENCES,
      run: (lane, commands) => runLedgerSequence(lane, admins, commands),
    });
    console.log(`ledger: ${ran.sequences} sequences, ${ran.commands} commands`);
    expect(ran.sequences).toBeGreaterThanOrEqual(SEQUENCES);
  },
  TIMEOUT_MS,
);
