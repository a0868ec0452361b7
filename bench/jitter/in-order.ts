/** Does things in the order they were asked for, none before its time (`performance.now()`); at once where that has come and nothing is before it. */
export function inOrder(): (dueAt: number, act: () => void) => void {
  const waiting: { dueAt: number; act: () => void }[] = [];
  const work = () => {
    for (let next = waiting[0]; next && next.dueAt <= performance.now(); next = waiting[0]) {
      waiting.shift();
      next.act();
    }
    if (waiting[0]) arm(waiting[0].dueAt);
  };
  const arm = (dueAt: number) => setTimeout(work, Math.max(dueAt - performance.now(), 0));
  return (dueAt, act) => {
    waiting.push({ dueAt, act });
    if (waiting.length > 1) return;
    if (dueAt <= performance.now()) work();
    else arm(dueAt);
  };
}
