import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openOrMakeIndex } from './store.ts'

describe('the key of an index that is not there yet', () => {
  let folder = ''
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'messlatte-store-')), 'messlatte')
  })
  afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }))

  it('is one for all runs that ask at the same time', async () => {
    const opened = await Promise.all(Array.from({ length: 4 }, () => openOrMakeIndex(folder)))
    expect(new Set(opened.map(({ key }) => key.toString('hex'))).size).toBe(1)
    expect(readdirSync(folder)).toEqual(['secrets.key'])
  })

  it('waits for a run that is making one, and takes that', async () => {
    const file = (name: string) => join(folder, name)
    mkdirSync(folder)
    writeFileSync(file('secrets.lock'), '')
    const opening = openOrMakeIndex(folder)
    expect(existsSync(file('secrets.key'))).toBe(false)
    writeFileSync(file('secrets.key'), `${'5a'.repeat(32)}\n`, { mode: 0o600 })
    rmSync(file('secrets.lock'))
    expect((await opening).key.toString('hex')).toBe('5a'.repeat(32))
  })
})
