// Builds static/src into static/dist: one stylesheet, two scripts, our icon, and the fonts that PDFs embed.
import { build } from 'esbuild'
import { compile } from 'sass'
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'

const dist = 'static/dist'
rmSync(dist, { recursive: true, force: true })
mkdirSync(`${dist}/fonts`, { recursive: true })

const styles = compile('static/src/app.scss', { style: 'compressed', loadPaths: ['node_modules'], quietDeps: true })
writeFileSync(`${dist}/app.css`, styles.css)

await build({ entryPoints: ['static/src/app.js'], bundle: true, minify: true, format: 'esm', target: 'es2020', outfile: `${dist}/app.js`, logLevel: 'warning' })
await build({ entryPoints: ['static/src/boot.js'], minify: true, target: 'es2017', outfile: `${dist}/boot.js`, logLevel: 'warning' })

cpSync('static/src/favicon.svg', `${dist}/favicon.svg`)
for (const name of ['latin-400-normal', 'latin-700-normal', 'latin-ext-400-normal', 'latin-ext-700-normal']) {
  cpSync(`node_modules/@fontsource/arimo/files/arimo-${name}.woff2`, `${dist}/fonts/arimo-${name}.woff2`)
}
