-- A card of an order line is bought once: what is allocated to purchases that are not refused never exceeds the line. The line is locked
-- first, so that of two who allocate it at once the second sees the first.
CREATE FUNCTION check_allocation() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  wanted integer;
BEGIN
  SELECT quantity INTO wanted FROM order_lines WHERE id = NEW.order_line_id FOR NO KEY UPDATE;
  IF (SELECT sum(a.quantity) FROM allocations a
      JOIN dispatch_lines l ON l.id = a.dispatch_line_id
      JOIN dispatches d ON d.id = l.dispatch_id
      WHERE a.order_line_id = NEW.order_line_id AND d.status <> 'rejected') > wanted
  THEN
    RAISE EXCEPTION 'order line % would be bought more than once', NEW.order_line_id USING ERRCODE = 'check_violation', CONSTRAINT = 'allocations_once';
  END IF;
  RETURN NULL;
END $$;--> statement-breakpoint
CREATE TRIGGER allocations_once AFTER INSERT ON allocations FOR EACH ROW EXECUTE FUNCTION check_allocation();--> statement-breakpoint
-- No sum of transfers leaves what the application can count with.
ALTER TABLE transfers ADD CONSTRAINT transfers_bound CHECK (amount_minor <= 1000000000000000);
