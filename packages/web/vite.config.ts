import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: 'dist',
    // Names carry a hash of the content, so that the server may let browsers keep them for ever.
    assetsDir: 'assets',
    target: 'es2024',
    // Data URLs would need an exception in the content security policy.
    assetsInlineLimit: 0,
    // Every browser that the target names preloads modules by itself.
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        // What every page needs comes in one piece: a dozen small ones take longer, each with its own request.
        codeSplitting: {
          groups: [{ name: 'shell', test: /\/src\/(ui|hub|shell|offline)\/.*\.tsx?$|\/packages\/client\// }],
        },
      },
    },
  },
});
