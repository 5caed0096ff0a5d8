import { memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testArtefact } from '../../testing.ts'
import {
  runArtefacts,
  runUpdate,
  type UpdateCases,
  updateFile,
  updateInShort,
  updateTable,
} from '../package/testing.ts'
import { casyncCheck } from './index.ts'
import { chunkDigests, parseIndex } from './parse.ts'

const CASES: UpdateCases = {
  check: casyncCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  ending: '.none',
  configuration: ['etc/none', ''],
}

describe('update.casync', () => {
  it('compares chunks, and says that an index has no signature', () => {
    expect(updateTable(CASES, 'positive')).toEqual({
      chunk: ['unsigned E2 against low', 'content EX against high'],
      sha256: ['unsigned E2 against low'],
      'sha512-256': ['unsigned E2 against low'],
    })
    expect(updateTable(CASES, 'near-miss')).toEqual({ cut: ['unsigned E2 against low'] })
    expect(updateTable(CASES, 'negative')).toEqual({ text: [] })
  })

  it('leaves an index in something that is signed to the signature of that', () => {
    const index = testArtefact('a.caibx', updateFile(CASES, 'positive/sha256/a.caibx'), {
      root: 'a.raucb@0x0:rauc-bundle/bundle@0x0:squashfs',
    })
    expect(updateInShort(CASES, runArtefacts(CASES, [index]))).toEqual([])
  })

  it('tells how many chunks there are, and how many were compared', () => {
    const { evidence } = runUpdate(CASES, 'positive/sha512-256')
    const found = evidence.find(({ kind }) => kind === 'update.casync.description')?.observation as {
      readonly chunks: number
    }
    expect(found).toMatchObject({ of: 'blob', digest: 'sha512-256', size: 43893, whole: true, notRead: 0 })
    expect(found).toMatchObject({ there: found.chunks })
    expect(found.chunks).toBeGreaterThan(1)
  })

  it('gives an answer for any bytes', () => {
    const whole = updateFile(CASES, 'positive/sha256/a.caibx')
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 16 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes.subarray(0, whole.length - at), at)
        parseIndex(memoryBytes(changed), 'blob')
        chunkDigests(memoryBytes(changed))
      }),
      { numRuns: 60 },
    )
    expect(chunkDigests(memoryBytes(Buffer.from('28b52ffd00', 'hex')))).toBeUndefined()
    expect(chunkDigests(memoryBytes(Buffer.alloc(0)))).toBeUndefined()
  })
})
