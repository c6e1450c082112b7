//! Light, dark, or as the computer says.

export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];
const KEPT = "vigie.theme";

export function theme(): Theme {
  const kept = localStorage.getItem(KEPT);
  return THEMES.find((each) => each === kept) ?? "system";
}

export function useTheme(wanted: Theme): void {
  if (wanted === "system") {
    localStorage.removeItem(KEPT);
    delete document.documentElement.dataset.theme;
  } else {
    localStorage.setItem(KEPT, wanted);
    document.documentElement.dataset.theme = wanted;
  }
}
