//! The functions of the mission: a step waits for a function, never for a person.

import { call } from "../api/client";
import type { MissionFunctions } from "../api/types";

class Functions {
  all = $state.raw<MissionFunctions["functions"]>([]);
  verifiers = $state.raw<MissionFunctions["verifiers"]>([]);

  async load(): Promise<void> {
    const { functions, verifiers } = await call<MissionFunctions>("/functions");
    this.all = functions;
    this.verifiers = verifiers;
  }

  name(id: string): string {
    return this.all.find((one) => one.id === id)?.name ?? id;
  }
}

export const functions = new Functions();
