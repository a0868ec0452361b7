import { Question } from "./question";

interface Props {
  open: boolean;
  onStay: () => void;
  onLeave: () => void;
}

/** Asked before what was typed is lost. */
export function LeaveQuestion({ open, onStay, onLeave }: Props) {
  return (
    <Question
      open={open}
      onClose={onStay}
      title="Leave without saving?"
      description="What you changed here is not saved yet, and would be lost."
      confirmLabel="Yes, leave it"
      cancelLabel="Go on editing"
      busy={false}
      look="danger"
      error={null}
      onConfirm={onLeave}
    />
  );
}
