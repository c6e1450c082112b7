//! Which of the desk's own dialogs is open; at most one.

export type DialogName = "add" | "help" | "palette" | "unsent" | null;

class Dialogs {
  open = $state<DialogName>(null);

  close = (): void => {
    this.open = null;
  };
}

export const dialogs = new Dialogs();
