import { readdirSync, readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { FORMATS } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { otherHeadersCheck } from './index.ts'

const FIXTURES = new URL('./fixtures/', import.meta.url)

function fileOf(path: string): Buffer {
  return readFileSync(new URL(path, FIXTURES))
}

/** What the walk would call it. */
function formatOf(content: Uint8Array): string | undefined {
  if (content[0] === 0x7f) return 'elf'
  const bytes = memoryBytes(content)
  return FORMATS.find(({ name, recognise }) => name.startsWith('mediatek-') && recognise(bytes, 0))?.name
}

function evidenceOf(content: Uint8Array) {
  const artefact = testArtefact('', content, {
    path: 'fw.bin',
    root: '',
    type: 'unknown',
    format: formatOf(content),
  })
  return runChecks([otherHeadersCheck], [artefact]).evidence
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(new URL(`${folder}/`, FIXTURES)).map((name) => `${folder}/${name}`)
}

const EXPECTED: Readonly<Record<string, string>> = {
  'amlogic-amlbootsig.bin': 'unsigned E2 at 16',
  'amlogic-card.bin': 'unsigned E2 at 528',
  'amlogic-digest.bin': 'unsigned E0 at 16',
  'amlogic-rsa.bin': 'signed E3 at 16',
  'amlogic-sha256.bin': 'unsigned E2 at 16',
  'broadcom-boot-rom.bin': 'unsigned E1 at 120',
  'broadcom-plain.bin': 'unsigned E1 at 0',
  'mediatek-alone.bin': 'unsigned E2 at 0',
  'mediatek-cut.bin': 'unsigned E2 at 1536',
  'mediatek-digest.bin': 'unsigned E0 at 1536',
  'mediatek-emmc.bin': 'unsigned E2 at 1536',
  'mediatek-none.bin': 'unsigned E0 at 0',
  'mediatek-partition.bin': 'signed E3 at 0',
  'mediatek-signed.bin': 'signed E3 at 0',
  'qualcomm-3-signed.mbn': 'signed E3 at 4096',
  'qualcomm-3-test.mbn': 'unsigned E2 at 4096',
  'qualcomm-5-test.mbn': 'unsigned E2 at 4096',
  'qualcomm-6-signed.mbn': 'signed E3 at 4096',
  'qualcomm-6-test.mbn': 'unsigned E2 at 4096',
  'qualcomm-7-signed.mbn': 'signed E3 at 4096',
  'qualcomm-7-test.mbn': 'unsigned E2 at 4096',
  'zynq-mkimage.bin': 'unsigned E1 at 0',
  'zynq-plain.bin': 'unsigned E1 at 0',
  'zynq-signed.bin': 'signed E3 at 0',
  'zynqmp-by-header.bin': 'signed E3 at 0',
  'zynqmp-plain.bin': 'unsigned E1 at 0',
  'zynqmp-signed.bin': 'signed E3 at 0',
}

describe('secure-boot.other-headers', () => {
  it.each(namesIn('positive'))('%s', (path) => {
    const found = evidenceOf(fileOf(path)).map(({ kind, level, polarity, place }) => {
      expect(polarity).toBe('neutral')
      return `${kind.slice(kind.lastIndexOf('.') + 1)} ${level} at ${place.offset}`
    })
    expect(found).toEqual([EXPECTED[path.slice(path.indexOf('/') + 1)]])
  })

  it.each([...namesIn('negative'), ...namesIn('near-miss')])('says nothing of %s', (path) => {
    expect(evidenceOf(fileOf(path))).toEqual([])
  })

  it('tells of a file by its name once, not of its first stretch again', () => {
    const content = fileOf('positive/zynqmp-signed.bin')
    const file = testArtefact('BOOT.BIN', content, { root: 'fw.bin@0x0:fat' })
    const stretch = (of: string) =>
      testArtefact('', content, { path: `fw.bin@0x0:fat/${of}@0x0:unknown`, type: 'unknown' })
    const run = runChecks([otherHeadersCheck], [file, stretch('BOOT.BIN'), stretch('other')])
    expect(run.evidence.map(({ place }) => place.path)).toEqual([
      'fw.bin@0x0:fat/BOOT.BIN',
      'fw.bin@0x0:fat/other@0x0:unknown',
    ])
  })

  it('tells what it read and what was not verified', () => {
    const observed = (name: string) => evidenceOf(fileOf(`positive/${name}`))[0]?.observation
    expect(observed('zynqmp-by-header.bin')).toMatchObject({
      fields: { attributes: '0x0000c800', authenticationWhateverTheFusesSay: true },
    })
    expect(observed('zynq-signed.bin')).toMatchObject({
      fields: { authenticationCertificate: 0x1740 },
      notVerified: [expect.stringContaining('RSA'), expect.any(String), expect.any(String)],
    })
    expect(observed('mediatek-emmc.bin')).toMatchObject({
      fields: { device: 'EMMC_BOOT', digest: 'match', signatureType: 1 },
      notVerified: [],
    })
    expect(observed('mediatek-cut.bin')).toMatchObject({ notVerified: [expect.stringContaining('SHA-256')] })
    expect(observed('broadcom-boot-rom.bin')).toMatchObject({
      fields: { chip: 'BCM4908', bootRomAuthentication: 'supported' },
      notVerified: [expect.stringContaining('CRC-32'), expect.stringContaining('signature')],
    })
    expect(observed('qualcomm-6-signed.mbn')).toMatchObject({
      fields: { version: 6, segments: 3, digest: 'SHA-384', signature: 'present' },
    })
    expect(observed('amlogic-sha256.bin')).toMatchObject({ fields: { digest: 'match' }, notVerified: [] })
  })

  it.each([
    'zynq-plain.bin',
    'mediatek-emmc.bin',
    'amlogic-rsa.bin',
    'broadcom-boot-rom.bin',
    'qualcomm-3-signed.mbn',
    'qualcomm-6-signed.mbn',
  ])('stands cuts and changed bytes of %s', (name) => {
    const content = fileOf(`positive/${name}`)
    for (let length = 0; length < content.length; length += 37) evidenceOf(content.subarray(0, length))
    fc.assert(
      fc.property(fc.nat(content.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(content)
        changed[at] = (changed[at] as number) ^ mask
        evidenceOf(changed)
      }),
      { numRuns: 100 },
    )
  })

  it('finds nothing in random bytes that begin with a magic', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('XLNX', 'MMM\x01', 'EMMC_BOOT\0', '\x88\x16\x88\x58'),
        fc.uint8Array({ minLength: 1024, maxLength: 1024 }),
        (magic, noise) => {
          const content = Buffer.from(noise)
          content.write(magic, 0, 'latin1')
          expect(evidenceOf(content)).toEqual([])
        },
      ),
      { numRuns: 200 },
    )
  })
})
