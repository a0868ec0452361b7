-- Balances follow transfers, by one statement-level trigger that runs with the owner's rights. Whoever may insert a transfer
-- can neither write a balance nor forget one. Accounts are locked wallets first, then ours, each by id: two statements never
-- wait for each other in a circle. NO KEY, because each insert already shares the key of both accounts for its foreign keys: a full
-- lock would have two inserts wait for each other. The check constraints on the account rows then refuse an overdraw.
CREATE FUNCTION apply_transfers() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
  IF EXISTS (
    SELECT FROM new_transfers t
    JOIN ledger_accounts d ON d.id = t.debit_account_id
    JOIN ledger_accounts c ON c.id = t.credit_account_id
    WHERE d.currency <> t.currency OR c.currency <> t.currency
  ) THEN
    RAISE EXCEPTION 'a transfer and both its accounts must be in one currency' USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_currency';
  END IF;

  IF EXISTS (
    SELECT FROM new_transfers t
    JOIN ledger_accounts d ON d.id = t.debit_account_id
    JOIN ledger_accounts c ON c.id = t.credit_account_id
    WHERE NOT CASE t.kind
      WHEN 'hold' THEN d.kind = 'available' AND c.kind = 'held' AND d.partner_id = c.partner_id
      WHEN 'release' THEN d.kind = 'held' AND c.kind = 'available' AND d.partner_id = c.partner_id
      WHEN 'capture' THEN d.kind = 'held' AND c.kind = 'sales'
      WHEN 'top_up' THEN d.kind = 'funding' AND c.kind = 'available'
      WHEN 'refund' THEN d.kind = 'sales' AND c.kind = 'available'
      WHEN 'adjustment' THEN 'adjustments' IN (d.kind, c.kind) AND 'available' IN (d.kind, c.kind)
      WHEN 'supplier_cost' THEN d.kind = 'supplier_balance' AND c.kind = 'supplier_cost'
      ELSE false
    END
  ) THEN
    RAISE EXCEPTION 'this kind of transfer does not move between these accounts' USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_kind';
  END IF;

  PERFORM FROM ledger_accounts
    WHERE id IN (SELECT debit_account_id FROM new_transfers UNION SELECT credit_account_id FROM new_transfers)
    ORDER BY partner_id IS NULL, id FOR NO KEY UPDATE;

  UPDATE ledger_accounts a SET balance_minor = a.balance_minor + moved.amount
    FROM (
      SELECT account_id, sum(amount) AS amount FROM (
        SELECT credit_account_id AS account_id, amount_minor AS amount FROM new_transfers
        UNION ALL
        SELECT debit_account_id, -amount_minor FROM new_transfers
      ) legs GROUP BY account_id
    ) moved
    WHERE a.id = moved.account_id;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER transfers_apply AFTER INSERT ON transfers REFERENCING NEW TABLE AS new_transfers FOR EACH STATEMENT EXECUTE FUNCTION apply_transfers();--> statement-breakpoint

-- For an order line: what was captured and released never exceeds what was held.
CREATE FUNCTION check_line_settlement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
  over uuid;
BEGIN
  SELECT order_line_id INTO over FROM transfers
    WHERE kind IN ('hold', 'capture', 'release') AND order_line_id IN (SELECT order_line_id FROM new_transfers WHERE kind IN ('capture', 'release'))
    GROUP BY order_line_id
    HAVING sum(amount_minor) FILTER (WHERE kind <> 'hold') > coalesce(sum(amount_minor) FILTER (WHERE kind = 'hold'), 0)
    LIMIT 1;
  IF over IS NOT NULL THEN
    RAISE EXCEPTION 'order line % would be settled beyond its hold', over USING ERRCODE = 'check_violation', CONSTRAINT = 'transfers_within_hold';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
-- Named to sort after transfers_apply: by then the held account's row is locked, so no other settlement of the line is unseen.
CREATE TRIGGER transfers_within_hold AFTER INSERT ON transfers REFERENCING NEW TABLE AS new_transfers FOR EACH STATEMENT EXECUTE FUNCTION check_line_settlement();--> statement-breakpoint
CREATE INDEX transfers_order_line ON transfers (order_line_id) WHERE order_line_id IS NOT NULL;--> statement-breakpoint

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only; post an opposite entry instead', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;--> statement-breakpoint
CREATE TRIGGER transfers_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER reveals_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON reveals FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint
CREATE TRIGGER audit_log_immutable BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();--> statement-breakpoint

-- What a dispatch posts never changes once it is written.
CREATE FUNCTION refuse_body_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.body, NEW.account_id) IS DISTINCT FROM (OLD.id, OLD.body, OLD.account_id) THEN
    RAISE EXCEPTION 'the id, account and body of a dispatch never change' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER dispatches_body BEFORE UPDATE ON dispatches FOR EACH ROW EXECUTE FUNCTION refuse_body_change();--> statement-breakpoint

-- The application's role: no DDL, no balances, and no change or removal of what is history.
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'steller_app') THEN CREATE ROLE steller_app NOLOGIN; END IF;
END $$;--> statement-breakpoint
GRANT USAGE ON SCHEMA public TO steller_app;--> statement-breakpoint
GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO steller_app;--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO steller_app;--> statement-breakpoint
GRANT UPDATE ON users, sessions, credentials, verifications, partners, members, price_rules, categories, brands, products, catalog_refreshes,
  orders, order_lines, outbox, dispatches, attempts TO steller_app;--> statement-breakpoint
GRANT DELETE ON sessions, credentials, verifications, members, price_rules, brand_categories, idempotency_keys, outbox, supplier_calls TO steller_app;--> statement-breakpoint
REVOKE INSERT ON ledger_accounts FROM steller_app;--> statement-breakpoint
GRANT INSERT (kind, partner_id, currency) ON ledger_accounts TO steller_app;--> statement-breakpoint
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO steller_app;
--> statement-breakpoint

-- The application may know how far the schema is, without seeing the migrations' own schema.
CREATE FUNCTION schema_migrations() RETURNS TABLE (created_at bigint) LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
  SELECT created_at FROM drizzle.__drizzle_migrations
$$;
