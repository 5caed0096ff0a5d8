import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

/** Milliseconds: the compiler runs for seconds, and much longer where the machine does other things as well. */
const PATIENCE = 300_000

it('the committed cores are what their sources compile to', { timeout: PATIENCE }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'messlatte-cores-'))
  const here = fileURLToPath(new URL('.', import.meta.url))
  try {
    execFileSync(process.execPath, [join(here, '../../assembly/build.mjs'), '--to', folder], {
      stdio: 'ignore',
    })
    const names = readdirSync(folder)
    expect(names.length).toBe(10)
    for (const name of names)
      expect(readFileSync(join(folder, name), 'utf8'), name).toBe(readFileSync(join(here, name), 'utf8'))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
