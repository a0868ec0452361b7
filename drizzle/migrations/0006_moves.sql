-- The tables of moves (lib/orders/states.shared.ts, and the four states of a dispatch), held by the database as well: whatever asks for a
-- move that is not in them is refused.
CREATE FUNCTION refuse_move() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% % cannot go from % to %', TG_TABLE_NAME, OLD.id, OLD.status, NEW.status
    USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_moves';
END $$;--> statement-breakpoint
CREATE TRIGGER orders_moves BEFORE UPDATE OF status ON orders FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
    'queued>processing', 'queued>cancelled',
    'processing>confirming', 'processing>completed', 'processing>partially_completed', 'processing>failed',
    'confirming>processing', 'confirming>completed', 'confirming>partially_completed', 'confirming>failed'))
  EXECUTE FUNCTION refuse_move();--> statement-breakpoint
CREATE TRIGGER order_lines_moves BEFORE UPDATE OF status ON order_lines FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
    'queued>processing', 'queued>cancelled', 'processing>completed', 'processing>partially_completed', 'processing>failed'))
  EXECUTE FUNCTION refuse_move();--> statement-breakpoint
CREATE TRIGGER dispatches_moves BEFORE UPDATE OF status ON dispatches FOR EACH ROW
  WHEN (NEW.status <> OLD.status AND (OLD.status || '>' || NEW.status) NOT IN (
    'prepared>placed', 'prepared>settled', 'prepared>rejected', 'placed>settled'))
  EXECUTE FUNCTION refuse_move();
