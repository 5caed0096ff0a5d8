import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { docsisSignature } from './index.ts'

const signed = fixture('docsis-signature', 'vendor.bin')

describe('docsis-signature', () => {
  it.each(['vendor.bin', 'parameters.bin'])('gives the signature in front of %s', (name) => {
    const { contents, problems } = collect(docsisSignature, fixture('docsis-signature', name))
    expect(problems).toEqual([])
    const signature = contents.get('signature.p7') as Buffer
    expect(signature.length).toBe(signature.readUInt16BE(2) + 4)
    expect(signature.includes('Code Verification Certificate')).toBe(true)
  })

  it('ends before the image', () => {
    const file = Buffer.concat([signed, Buffer.from('27051956', 'hex')])
    expect(docsisSignature.recognise(memoryBytes(file), 0)).toEqual({ start: 0, end: signed.length })
  })
})

hostileSuite({
  format: docsisSignature,
  fixture: signed,
  needsItsEnd: 'what makes it one stands at its end',
})
