import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { V8_FLAGS } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import { ROOT } from './cli.ts'

const LOAD = `
  const { readFileSync } = require('node:fs')
  const { Script } = require('node:vm')
  const [program, compiled] = process.argv.slice(1)
  const script = new Script(readFileSync(program, 'utf8'), { cachedData: readFileSync(compiled) })
  process.stdout.write(String(script.cachedDataRejected))
`

describe('what V8 compiled of the sandbox’s program when it was built', () => {
  it.each(['main', 'worker'])('is there for its %s threads, and V8 takes it', (thread) => {
    const { stdout } = spawnSync(
      process.execPath,
      [
        ...V8_FLAGS,
        '-e',
        LOAD,
        join(ROOT, 'dist/sandbox-program.cjs'),
        join(ROOT, `dist/sandbox-${thread}.compiled`),
      ],
      { encoding: 'utf8' },
    )
    expect(stdout).toBe('false')
  })
})
