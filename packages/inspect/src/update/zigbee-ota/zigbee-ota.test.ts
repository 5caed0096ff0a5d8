import { readFileSync } from 'node:fs'
import { memoryBytes } from '@messlatte/bytes'
import { parseZigbeeOta, zigbeeElements } from '@messlatte/unpack'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { silabsCheck } from '../../secure-boot/silabs/index.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { bootImageCheck } from '../boot-image/index.ts'
import { vendorImageCheck } from '../vendor-image/index.ts'
import { aesMmo } from './aes-mmo.ts'
import { zigbeeOtaCheck } from './index.ts'

function file(name: string): Buffer {
  return readFileSync(new URL(`./fixtures/${name}/a.ota`, import.meta.url))
}

/** The region of the file, and that of the image in its first element. */
function artefactsOf(content: Buffer, inner = 'gbl'): readonly Artefact[] {
  const root = 'a.ota'
  const path = `${root}@0x0:zigbee-ota`
  const region = { type: 'region', name: '', root } as const
  const header = parseZigbeeOta(memoryBytes(content), 0)
  const [image] = header ? [...zigbeeElements(memoryBytes(content), header.headerBytes, header.size)] : []
  const step = `${path}/upgrade-image`
  return [
    testArtefact('', content, { ...region, path, format: 'zigbee-ota' }),
    ...(image
      ? [
          testArtefact('', content.subarray(image.at, image.at + image.length), {
            ...region,
            root: step,
            path: `${step}@0x0:${inner}`,
            format: inner,
          }),
        ]
      : []),
  ]
}

function run(content: Buffer, inner?: string): readonly EvidenceDraft[] {
  const checks = [silabsCheck, bootImageCheck, vendorImageCheck, zigbeeOtaCheck]
  return runChecks(checks, artefactsOf(content, inner)).evidence
}

function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence
    .filter(({ kind }) => kind.startsWith('update.') && !kind.endsWith('.description'))
    .map(({ kind, level, polarity, confidence }) => `${kind} ${level} ${polarity} ${confidence.grade}`)
}

describe('update.zigbee-ota', () => {
  it('leaves an image that has checks of its own to these', () => {
    expect(inShort(run(file('negative/gbl')))).toEqual(['update.boot-image.signature E3 neutral medium'])
    expect(inShort(run(file('positive/unknown-image'), 'telink'))).toEqual([
      'update.vendor-image.unsigned E1 against low',
    ])
  })

  it('tells that a signature is there, and not verified', () => {
    for (const name of ['near-miss/signed', 'near-miss/second-suite'])
      expect(inShort(run(file(name)))).toEqual(['update.zigbee-ota.signature E3 neutral medium'])
    const found = run(file('near-miss/signed')).find(({ kind }) => kind === 'update.zigbee-ota.description')
    expect(found?.observation).toMatchObject({
      signatures: [{ signer: '0706050403020100', curve: 'sect163k1', verified: false }],
      header: 'under the signature',
    })
  })

  it('says that nothing around an image of an unknown form is signed, and holds it against nobody', () => {
    expect(inShort(run(file('positive/unknown-image')))).toEqual([
      'update.zigbee-ota.unsigned E0 neutral low',
    ])
    expect(inShort(run(file('positive/integrity')))).toEqual(['update.zigbee-ota.unsigned E2 neutral low'])
    expect(inShort(run(file('positive/other-code')))).toEqual(['update.zigbee-ota.unsigned E0 neutral low'])
  })

  it('tells hardware and version', () => {
    const found = run(file('positive/integrity')).find(({ kind }) => kind === 'update.zigbee-ota.description')
    expect(found?.observation).toMatchObject({
      manufacturer: '0x1141',
      imageType: '0x0203',
      fileVersion: '0x01020304',
      hardware: { least: 1, most: 3 },
      integrityCode: 'same',
      header: 'not signed',
    })
  })

  it('hashes as the Zigbee specification has it', () => {
    // Annex C.5: one byte, sixteen bytes, nineteen bytes.
    expect(aesMmo(Buffer.from('c0', 'hex')).toString('hex')).toBe('ae3a102a28d43ee0d4a09e22788b206c')
    expect(aesMmo(Buffer.from('c0c1c2c3c4c5c6c7c8c9cacbcccdcecf', 'hex')).toString('hex')).toBe(
      'a7977e88bc0b61e8210827109a228f2d',
    )
    for (let length = 0; length < 40; length++) expect(aesMmo(Buffer.alloc(length)).length).toBe(16)
    expect(aesMmo(Buffer.alloc(9000)).length).toBe(16)
  })

  it('gives an answer for any bytes', () => {
    const whole = file('positive/integrity')
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ minLength: 1, maxLength: 16 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes.subarray(0, whole.length - at), at)
        run(changed.subarray(0, whole.length - (at % 3)))
      }),
      { numRuns: 60 },
    )
  })
})
