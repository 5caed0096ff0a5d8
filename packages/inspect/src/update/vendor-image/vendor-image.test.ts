import { readdirSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { artefactOf, type Cases, fileOf } from '../../secure-boot/outcome/testing.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { vendorImageCheck } from './index.ts'
import { titleOf, VENDOR_FORMATS } from './table.ts'

const CASES: Cases = {
  check: vendorImageCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: Object.keys(VENDOR_FORMATS),
}

function found(path: string): readonly EvidenceDraft[] {
  return runChecks([vendorImageCheck], [artefactOf(CASES, fileOf(CASES, path), 'a.bin')]).evidence
}

describe('update.vendor-image', () => {
  it('tells that a checksum is all there is', () => {
    for (const name of readdirSync(new URL('positive/', CASES.fixtures))) {
      const format = name.replace('.bin', '')
      const [unsigned, description, ...more] = found(`positive/${name}`)
      expect(unsigned, name).toMatchObject({
        kind: 'update.vendor-image.unsigned',
        level: VENDOR_FORMATS[format]?.level,
        polarity: 'against',
        confidence: { grade: 'low' },
        title: { en: expect.stringContaining(titleOf(format)) },
      })
      expect(unsigned?.overturnedBy?.en).toMatch(/\S/)
      expect(description?.observation).toMatchObject({ format, integrity: VENDOR_FORMATS[format]?.integrity })
      expect(more).toEqual([])
    }
  })

  it('is silent about other formats, and about what lies in a flash or a file system', () => {
    expect(found('negative/gbl.bin')).toEqual([])
    const content = fileOf(CASES, 'near-miss/flash.bin')
    const format = FORMATS.find(({ name }) => name === 'trx')
    const region = format?.kind === 'container' ? format.recognise(memoryBytes(content), 1024) : undefined
    expect(region?.start).toBe(1024)
    const at = (path: string) =>
      runChecks(
        [vendorImageCheck],
        [testArtefact('', content.subarray(1024), { path, root: 'a.bin', type: 'region', format: 'trx' })],
      ).evidence
    expect(at('a.bin@0x400:trx')).toEqual([])
    expect(at('a.bin@0x0:squashfs/lib/a.bin@0x0:trx')).toEqual([])
    expect(at('a.zip@0x0:zip/a.bin@0x0:trx')).toHaveLength(2)
  })

  it('knows only formats that there are', () => {
    const names = new Set(FORMATS.map(({ name }) => name))
    expect(Object.keys(VENDOR_FORMATS).filter((name) => !names.has(name))).toEqual([])
  })
})
