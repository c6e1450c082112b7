import { mount } from "svelte";
import App from "./App.svelte";
import "./app.css";
import { language, preferred } from "./lib/words.svelte";
import { theme, useTheme } from "./state/theme";

useTheme(theme());

// A page left open over a change of version asks for parts that are no longer there: start afresh.
window.addEventListener("vite:preloadError", (event) => {
  const key = "vigie.reloaded";
  if (!navigator.onLine || sessionStorage.getItem(key)) return;
  sessionStorage.setItem(key, "yes");
  event.preventDefault();
  location.reload();
});

language.tag = preferred();
await language.need("ui");
const target = document.getElementById("app");
if (target) mount(App, { target });

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  // After the first screen, so that a slow link carries the queue before the copy for bad days.
  const register = () => void navigator.serviceWorker.register("/sw.js").catch(() => undefined);
  if ("requestIdleCallback" in window) requestIdleCallback(register, { timeout: 4000 });
  else setTimeout(register, 2000);
}
