/** Why the buttons of a tab are grey for those who may look only. The buttons name it with `aria-describedby`. */
export function ManageNote({ id }: { id: string }) {
  return (
    <p id={id} className="text-muted text-sm">
      Your role may look, not change. An admin can.
    </p>
  );
}
