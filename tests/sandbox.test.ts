import { mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { defaultLimits, runInSandbox } from '@messlatte/unpack'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'messlatte-sandbox-'))
const image = join(folder, 'image.bin')
/** Bytes: read by several threads. */
const SIZE = 2 * 1024 * 1024

function bundle(name: string): string {
  const script = join(folder, `${name}.mjs`)
  buildSync({
    entryPoints: [
      fileURLToPath(new URL(`../packages/unpack/src/sandbox/testing/${name}.ts`, import.meta.url)),
    ],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  })
  return script
}

async function run(script: string, settings: unknown, limits = {}, more = {}): Promise<unknown> {
  return runInSandbox({
    script,
    files: [{ name: 'image.bin', directory: '', size: SIZE }],
    descriptors: [openSync(image, 'r')],
    limits: { ...defaultLimits(), ...limits },
    settings,
    ...more,
  })
}

beforeAll(() => writeFileSync(image, Buffer.alloc(SIZE, 'x')))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the sandbox', () => {
  it.each([
    ['', {}],
    [', also where it may write to one folder', { folder: join(folder, 'out') }],
    [', also where one thread is enough', { files: [{ name: 'image.bin', directory: '', size: 4096 }] }],
  ])('refuses every escape, in workers and in the main thread%s', async (_, more) => {
    const outcome = (await run(bundle('escapes'), null, {}, more)) as Record<string, Record<string, string>>
    expect(Object.keys(outcome.worker ?? {}).length).toBeGreaterThan(10)
    expect(Object.keys(outcome.later ?? {}).length).toBeGreaterThan(4)
    for (const thread of ['worker', 'main', 'later']) {
      expect(Object.entries(outcome[thread] ?? {}).filter(([, code]) => code === 'ESCAPED')).toEqual([])
    }
    for (const thread of ['worker', 'main']) {
      for (const [attempt, code] of Object.entries(outcome[thread] ?? {})) {
        expect(`${attempt}: ${code}`).toMatch(
          /ERR_ACCESS_DENIED|ERR_INSPECTOR_NOT_AVAILABLE|ERR_DLOPEN_DISABLED/,
        )
      }
    }
  })

  it('runs again without the region that outgrew the memory', async () => {
    const outcome = await run(bundle('misbehaving'), 'memory', { memory: 700 * 1024 * 1024 })
    expect(outcome).toEqual([{ limit: 'memory', path: 'image.bin@0x0:bad' }])
  })

  it('runs again without the region in which the process died', async () => {
    const outcome = await run(bundle('misbehaving'), 'exit')
    expect(outcome).toEqual([{ limit: 'crash', path: 'image.bin@0x0:bad' }])
  })

  it('stops handing out work when the outer guard is hit, and still gives a result', async () => {
    const outcome = (await run(bundle('misbehaving'), 'slow', { seconds: 1 })) as { limit: string }[]
    expect(outcome.map((hit) => hit.limit)).toContain('seconds')
  })
})
