import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { V8_FLAGS } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { ROOT } from './cli.ts'

const LOAD = `
  const { readFileSync } = require('node:fs')
  const { Script } = require('node:vm')
  const [program, compiled] = process.argv.slice(1)
  const script = new Script(readFileSync(program, 'latin1'), { cachedData: readFileSync(compiled) })
  process.stdout.write(String(script.cachedDataRejected))
`

/** How many of Node's own modules V8 compiled anew, though Node brings what it compiled of them. */
const COMPILED_ANEW = `
  require('node:crypto')
  const { internalBinding } = require('internal/test/binding')
  const { compiledWithCache, compiledWithoutCache } = internalBinding('builtins').getCacheUsage()
  process.stdout.write([compiledWithCache.size > 0, compiledWithoutCache.size].join())
`

describe('what V8 compiled of the programs when they were built', () => {
  it.each([
    ['check', 'check', []],
    ['unpack', 'unpack', []],
    ['inspection', 'inspection-main', V8_FLAGS],
    ['inspection', 'inspection-worker', V8_FLAGS],
    ['listing-main', 'listing-main', V8_FLAGS],
    ['listing-worker', 'listing-worker', V8_FLAGS],
  ])('is there of %s, as %s, and V8 takes it', (program, compiled, flags) => {
    const { stdout } = spawnSync(
      process.execPath,
      [...flags, '-e', LOAD, join(ROOT, `dist/${program}.cjs`), join(ROOT, `dist/${compiled}.compiled`)],
      { encoding: 'utf8' },
    )
    expect(stdout).toBe('false')
  })
})

it('takes what Node brings of its own modules too, under the flags of the sandboxes', () => {
  const { stdout } = spawnSync(process.execPath, [...V8_FLAGS, '--expose-internals', '-e', COMPILED_ANEW], {
    encoding: 'utf8',
  })
  expect(stdout).toBe('true,0')
})

/** Ciphers and decompression are loaded when they are used: each thread would pay for them at its start. */
const LOADED = `
  import { loadProgram } from ${JSON.stringify(join(ROOT, 'apps/cli/src/program-file.ts'))}
  loadProgram({ source: process.argv[1], compiled: '' })
  process.stdout.write(['crypto', 'zlib'].filter((name) => process.moduleLoadList.includes('NativeModule ' + name)).join())
`

it.each(['inspection', 'listing-worker'])(
  'loads of Node’s modules only what starting needs: %s',
  (program) => {
    const args = ['--input-type=module', '-e', LOADED, join(ROOT, `dist/${program}.cjs`)]
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    expect([status, stdout]).toEqual([0, ''])
  },
)

it('has characters of more than a byte as escapes in the sandbox’s programs, so that V8 keeps one byte of each', () => {
  const inspection = readFileSync(join(ROOT, 'dist/inspection.cjs'), 'latin1')
  expect(inspection).toContain(String.raw`has\u0142o`)
  expect(inspection).toContain('[a-zäöüß]+')
})
