import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Bytes, memoryBytes, sha256 } from '@messlatte/bytes'
import { BudgetError, type Found } from '@messlatte/unpack'
import { afterAll, describe, expect, it } from 'vitest'
import { type TamperAnswered, type TamperSettings, tamperMapper } from './run.ts'

const SWU = readFileSync(new URL('../update/swu/fixtures/negative/cms/a.swu', import.meta.url))
const scratch = mkdtempSync(join(tmpdir(), 'messlatte-run-'))
afterAll(() => rmSync(scratch, { recursive: true }))
const WANTED: TamperSettings = { kind: 'tamper', ending: '.swu', only: [], most: 1e9 }

function asked(
  bytes: Bytes,
  more: Partial<TamperSettings>,
  addBytes: (count: number) => void = () => undefined,
) {
  const mapper = tamperMapper({ ...WANTED, ...more })
  mapper.visitor.visit({
    root: 'a.swu@0x0:cpio',
    type: 'file',
    keep: () => memoryBytes(Buffer.from('inside')),
  } as Found)
  expect(mapper.take()).toBeUndefined()
  expect(mapper.answer?.(undefined, { addBytes })).toBeUndefined()
  mapper.visitor.visit({ root: '', type: 'file', keep: () => bytes } as Found)
  expect([mapper.take(), mapper.take()]).toEqual([true, undefined])
  return mapper.answer?.(undefined, { addBytes }) as TamperAnswered
}

describe('a set that is made in the sandbox', () => {
  it('is told, or written to the folder that is named', () => {
    const told = asked(memoryBytes(SWU), {})
    if (told.outcome !== 'made') throw new Error(told.outcome)
    expect(new Set(told.files.map((file) => file.sha256))).toEqual(new Set([null]))
    const made = asked(memoryBytes(SWU), { only: ['flip', '12'], folder: scratch })
    if (made.outcome !== 'made') throw new Error(made.outcome)
    expect(readdirSync(scratch)).toEqual(made.files.map(({ file }) => file))
    for (const { file, sha256: digest } of made.files)
      expect(sha256(readFileSync(join(scratch, file)))).toBe(digest)
  })

  it('says what it cannot do, and writes over nothing', () => {
    const folder = mkdtempSync(join(scratch, 'taken-'))
    writeFileSync(join(folder, '01-flip-sw-description.swu'), 'mine')
    const bytes = memoryBytes(SWU)
    expect(asked(bytes, { only: ['1'], folder })).toEqual({
      outcome: 'not-written',
      file: '01-flip-sw-description.swu',
      code: 'EEXIST',
    })
    expect(asked(bytes, { folder, most: 10 })).toMatchObject({ outcome: 'too-large' })
    expect(asked(bytes, { only: ['none'] })).toMatchObject({ outcome: 'no-such', name: 'none' })
    expect(asked(memoryBytes(Buffer.from('nothing known')), {})).toEqual({ outcome: 'unknown' })
    const used = () => {
      throw new BudgetError('bytes')
    }
    expect(asked(bytes, {}, used)).toEqual({ outcome: 'cut' })
    const faulty = {
      size: 1e6,
      view: () => {
        throw new RangeError('a fault of ours')
      },
    } as unknown as Bytes
    expect(asked(faulty, {})).toMatchObject({
      outcome: 'fault',
      stack: expect.stringContaining('a fault of ours'),
    })
  })
})
