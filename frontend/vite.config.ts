import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

export default defineConfig({
  base: "/static/",
  plugins: [svelte(), svelteTesting()],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    // Nothing as data: addresses; the pages' content policy allows scripts and styles from here only.
    assetsInlineLimit: 0,
    rollupOptions: { input: ["src/main.ts", "src/styles/main.css"] },
  },
  test: { environment: "jsdom", css: true, include: ["src/**/*.test.ts"] },
});
