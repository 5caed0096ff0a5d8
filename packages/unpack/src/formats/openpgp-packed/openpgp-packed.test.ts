import { deflateRawSync } from 'node:zlib'
import { DecodeError, memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect, collectStream } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { openpgp } from '../openpgp/index.ts'
import { openpgpPacked } from './index.ts'

function unpacked(message: Uint8Array): ReturnType<typeof collectStream> {
  return collectStream((write) => openpgpPacked.decode(memoryBytes(message), 0, write))
}

describe('openpgp-packed', () => {
  it.each(['zip.gpg', 'zlib.gpg', 'bzip2.gpg'])('gives the message in %s', (name) => {
    const message = fixture('openpgp-packed', name)
    const { content, end } = unpacked(message)
    expect(end).toMatchObject({ end: message.length })
    const { contents, problems } = collect(openpgp, content)
    expect(problems).toEqual([])
    expect(String(contents.get('firmware.bin'))).toBe(lines(1, 400))
  })

  it('refuses what is no packet once it is unpacked', () => {
    const text = Buffer.concat([Buffer.from('a301', 'hex'), deflateRawSync(lines(1, 100))])
    expect(() => unpacked(text)).toThrow(DecodeError)
  })
})

hostileSuite({
  format: openpgpPacked,
  fixture: fixture('openpgp-packed', 'zip.gpg'),
  needsItsEnd: 'there is one content only',
})
