import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { defaultLimits } from '../limits.ts'
import { runInSandbox, type SandboxOptions } from './parent.ts'

const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'messlatte-parent-')))
afterAll(() => rmSync(folder, { recursive: true }))

/** A sandbox whose child does no more than this. */
function childThat(code: string): SandboxOptions<null> {
  const script = path.join(folder, `${code.length}.mjs`)
  writeFileSync(script, code)
  return { script, files: [], descriptors: [], limits: defaultLimits(), settings: null }
}

/** It never ends by itself. */
const WAITING = 'setInterval(() => {}, 1000)'

describe('the parent of a sandbox', () => {
  it('ends with an error when the members that it hands on cannot be read', async () => {
    const options = childThat(WAITING)
    const members = () => {
      throw new Error('a folder went away')
    }
    await expect(runInSandbox({ ...options, members })).rejects.toMatchObject({
      code: 'sandbox-failed',
      message: expect.stringContaining('a folder went away'),
    })
  })

  it('ends with an error when what it is told makes no sense', async () => {
    const code = `import { writeSync } from 'node:fs'
writeSync(3, Buffer.from([1, 0, 0, 0, 0, 123]))
${WAITING}`
    await expect(runInSandbox(childThat(code))).rejects.toMatchObject({ code: 'sandbox-failed' })
  })

  it('ends with an error when its own listener fails', async () => {
    const code = `import { writeSync } from 'node:fs'
const pulse = Buffer.from(JSON.stringify({ work: '', bytes: 1, rss: 1 }))
writeSync(3, Buffer.concat([Buffer.from([pulse.length, 0, 0, 0, 1]), pulse]))
${WAITING}`
    const onProgress = () => {
      throw new Error('no terminal')
    }
    await expect(runInSandbox({ ...childThat(code), onProgress })).rejects.toMatchObject({
      message: expect.stringContaining('no terminal'),
    })
  })

  it('says that the sandbox did not start when a descriptor is none', async () => {
    await expect(runInSandbox({ ...childThat(WAITING), descriptors: [987_654] })).rejects.toMatchObject({
      code: 'sandbox-unavailable',
    })
  })
})
