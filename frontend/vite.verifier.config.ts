import { defineConfig } from "vite";

/** The page that travels in dossiers: one script and one style, which the server puts into one file (apps/exchange). */
export default defineConfig({
  build: {
    outDir: "dist/verifier",
    copyPublicDir: false,
    emptyOutDir: true,
    target: "es2022",
    cssMinify: true,
    lib: { entry: "src/verifier/page.ts", formats: ["es"], fileName: () => "verify.js", cssFileName: "verify" },
  },
});
