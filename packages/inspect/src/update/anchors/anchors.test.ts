import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Artefact } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { anchorsCheck } from './index.ts'

function file(path: string): Buffer {
  return readFileSync(new URL(`./fixtures/${path}`, import.meta.url))
}

function found(content: Uint8Array, more: Partial<Artefact> = {}): readonly string[] {
  const { facts } = runChecks([anchorsCheck], [testArtefact('etc/keyring.pem', content, more)])
  return facts.map(({ data, place }) => `${'form' in data ? data.form : ''} ${place.offset}`)
}

describe('update.anchors', () => {
  it('gives keys and certificates with their places', () => {
    expect(found(file('positive/certificate.pem'))).toEqual(['certificate 0'])
    expect(found(file('positive/key.pem'))).toEqual(['key 0'])
    const both = Buffer.concat([file('positive/key.pem'), file('positive/certificate.pem')])
    expect(found(both)).toEqual([`certificate ${file('positive/key.pem').length}`, 'key 0'])
  })

  it('gives keys of usign with their number', () => {
    const { facts } = runChecks(
      [anchorsCheck],
      [
        testArtefact('etc/opkg/keys/a', file('positive/usign.pub')),
        testArtefact('b', file('near-miss/usign.sig')),
      ],
    )
    expect(facts.map(({ data }) => data)).toMatchObject([
      { form: 'key', id: expect.stringMatching(/^[0-9a-f]{16}$/) },
    ])
  })

  it('gives nothing for other texts, damaged blocks, programs, and the authorities of the web', () => {
    const certificate = file('positive/certificate.pem')
    expect(found(file('negative/text'))).toEqual([])
    expect(found(file('near-miss/damaged.pem'))).toEqual([])
    expect(found(certificate, { format: 'elf' })).toEqual([])
    expect(found(Buffer.concat(Array(17).fill(certificate)))).toEqual([])
    expect(found(certificate.subarray(0, 500))).toEqual([])
  })
})
