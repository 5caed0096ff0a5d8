import { createCipheriv } from 'node:crypto'
import { memoryBytes } from '@messlatte/bytes'
import { describe, expect, it } from 'vitest'
import { collect } from '../../testing/collect.ts'
import { fixture } from '../../testing/fixtures.ts'
import { hostileSuite } from '../../testing/hostile.ts'
import { lines } from '../../testing/lines.ts'
import { alphaKey } from '../alpha-keys.ts'
import { seama } from '../seama/index.ts'
import { dlinkEncimg } from './index.ts'
import { KNOWN } from './parse.ts'

const B1 = 'wrgac25_dlink.2013gui_dir850l.bin'

describe('dlink-encimg', () => {
  it.each([B1, 'wrgac05_dlob.hans_dir850l.bin'])('decrypts %s', (name) => {
    const { contents, problems } = collect(dlinkEncimg, fixture('dlink-encimg', name))
    expect(problems).toEqual([])
    const inner = collect(seama, contents.get(name) as Buffer)
    expect(inner.problems).toEqual([])
    expect(inner.contents.get('image-0')?.toString('latin1')).toContain(lines(1, 400))
  })

  it.each(KNOWN)('begins with the seal of $secret.signature, encrypted', ({ secret, magic }) => {
    const text = `signature=${secret.signature}\0`
    const head = Buffer.from('5ea3a4170000000000000000', 'hex')
    head.writeUInt16BE(Math.ceil(text.length / 4) * 4, 6)
    const { key, vector } = alphaKey(secret)
    const cipher = createCipheriv('aes-256-cbc', key, vector)
    const encrypted = cipher.update(Buffer.concat([head, Buffer.from(text)]).subarray(0, 16))
    expect(Buffer.from(magic, 'latin1').toString('hex')).toBe(encrypted.toString('hex'))
  })

  it('ends where what is decrypted says so', () => {
    const image = fixture('dlink-encimg', B1)
    const followed = memoryBytes(Buffer.concat([image, Buffer.alloc(100, 1)]))
    expect(dlinkEncimg.recognise(followed, 0)).toEqual({ start: 0, end: image.length })
  })

  it('decrypts what lies before a cut', () => {
    const { contents, problems } = collect(dlinkEncimg, fixture('dlink-encimg', B1).subarray(0, 1001))
    expect(contents.get(B1)).toHaveLength(992)
    expect(problems).toMatchObject([{ code: 'truncated' }])
  })
})

hostileSuite({
  format: dlinkEncimg,
  fixture: fixture('dlink-encimg', B1),
  needsItsEnd: 'there is one content only',
})
