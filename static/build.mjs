// Builds static/src into static/dist: the stylesheet, two scripts, the icons it names, our favicon, fonts for PDFs.
import { build } from 'esbuild'
import { compile } from 'sass'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const src = join(root, 'static/src')
const dist = join(root, 'static/dist')
const modules = join(root, 'node_modules')

rmSync(dist, { recursive: true, force: true })
for (const folder of ['fonts', 'images']) mkdirSync(join(dist, folder), { recursive: true })

const { css } = compile(join(src, 'app.scss'), { style: 'compressed', loadPaths: [modules], quietDeps: true })
writeFileSync(join(dist, 'app.css'), css)

const scripts = { outdir: dist, minify: true, logLevel: 'warning', absWorkingDir: root }
await build({ ...scripts, entryPoints: [join(src, 'app.js')], bundle: true, format: 'esm', target: 'es2020' })
await build({ ...scripts, entryPoints: [join(src, 'boot.js')], target: 'es2017' })

// Only the icons the styles name: the NHS logo and its favicons are trade marks and are not ours to use.
for (const [, icon] of css.matchAll(/url\("?images\/(nhsuk-icon-[a-z-]+\.svg)"?\)/g)) {
  cpSync(join(modules, 'nhsuk-frontend/dist/nhsuk/assets/images', icon), join(dist, 'images', icon))
}
cpSync(join(src, 'favicon.svg'), join(dist, 'favicon.svg'))
if (existsSync(join(src, 'board.css'))) cpSync(join(src, 'board.css'), join(dist, 'board.css'))

// PDFs embed these; browsers use Arial. Every alphabet, because names come in more than one. woff unpacks quickest.
const fonts = join(modules, '@fontsource/arimo')
for (const file of readdirSync(join(fonts, 'files'))) {
  const wanted = /^arimo-[a-z-]+-(400|700)-normal\.woff$/.test(file) || /^arimo-latin(-ext)?-(400|700)-normal\.woff2$/.test(file)
  if (wanted) cpSync(join(fonts, 'files', file), join(dist, 'fonts', file))
}
cpSync(join(fonts, 'LICENSE'), join(dist, 'fonts/LICENSE'))
