import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { serviceWorker } from "./tools/service-worker.mjs";

export default defineConfig({
  root: "web",
  base: "./",
  plugins: [react(), serviceWorker()],
  build: { outDir: "../dist/web", emptyOutDir: true, target: "es2023", modulePreload: { polyfill: false }, chunkSizeWarningLimit: 900 },
  server: { proxy: { "/api": { target: "http://127.0.0.1:8080", ws: true } } },
});
