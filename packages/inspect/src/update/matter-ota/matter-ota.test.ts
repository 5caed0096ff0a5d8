import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  artefactOf,
  type Cases,
  checkArtefacts,
  checkCase,
  fileOf,
  inShort,
  namesOf,
} from '../../secure-boot/outcome/testing.ts'
import { matterOtaCheck } from './index.ts'

const CASES: Cases = {
  check: matterOtaCheck,
  fixtures: new URL('./fixtures/', import.meta.url),
  formats: ['matter-ota'],
}

describe('update.matter-ota', () => {
  it('compares the payload, and says that the header has no signature', () => {
    const table = Object.fromEntries(
      namesOf(CASES).map((name) => [
        name,
        inShort(checkCase(CASES, name)).filter((one) => !one.includes('description')),
      ]),
    )
    expect(table).toEqual({
      'positive/sha256': ['matter-ota.unsigned E2 neutral low'],
      'positive/sha512': ['matter-ota.unsigned E2 neutral low'],
      'positive/tampered': ['matter-ota.unsigned E0 neutral low', 'matter-ota.content EX against high'],
      'near-miss/cut': ['matter-ota.unsigned E0 neutral low'],
      'negative/none': [],
    })
  })

  it('tells product and version', () => {
    const found = checkCase(CASES, 'positive/sha256').find(({ kind }) => kind.endsWith('.description'))
    expect(found?.observation).toMatchObject({
      vendor: expect.stringMatching(/^0x[0-9a-f]{4}$/),
      digest: 'sha256',
      digestHolds: true,
      signature: 'none in this header',
    })
  })

  it('gives an answer for any bytes', () => {
    const whole = fileOf(CASES, 'positive/sha256/a.ota')
    fc.assert(
      fc.property(fc.nat(120), fc.uint8Array({ minLength: 1, maxLength: 16 }), (at, bytes) => {
        const changed = Buffer.from(whole)
        changed.set(bytes, at)
        checkArtefacts(matterOtaCheck, [artefactOf(CASES, changed, 'a.ota')])
      }),
      { numRuns: 60 },
    )
  })
})
