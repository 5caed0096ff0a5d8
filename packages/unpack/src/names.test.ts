import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeName, encodePath, encodeText } from './names.ts'

const byteString = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'))

describe('names in nest paths', () => {
  it('keeps what is printable UTF-8 and escapes the rest', () => {
    const utf8 = (text: string) => Buffer.from(text, 'utf8').toString('latin1')
    expect(encodePath('etc/shadow')).toBe('etc/shadow')
    expect(encodePath(utf8('büro/日本'))).toBe('büro/日本')
    expect(encodePath('a\nb')).toBe('a%0Ab')
    expect(encodePath('100%')).toBe('100%25')
    expect(encodePath('\xff\xfe')).toBe('%FF%FE')
    expect(encodePath(utf8('\u202Etxt.exe'))).toBe('%E2%80%AEtxt.exe')
    expect(encodePath('\xc0\xaf')).toBe('%C0%AF')
    expect(encodePath('\xed\xa0\x80')).toBe('%ED%A0%80')
  })

  it('never leads upwards and never starts at the root', () => {
    expect(encodePath('../../etc/passwd')).toBe('%2E%2E/%2E%2E/etc/passwd')
    expect(encodePath('/etc/./passwd')).toBe('etc/passwd')
    expect(encodePath('./')).toBe('')
  })

  it('comes back to the same bytes', () => {
    fc.assert(
      fc.property(byteString, (name) => {
        expect(decodeName(encodeText(name)).toString('latin1')).toBe(name)
      }),
    )
  })

  it('never holds a control character or a component of dots', () => {
    fc.assert(
      fc.property(byteString, (name) => {
        const path = encodePath(name)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: their absence is what is tested
        expect(path).not.toMatch(/[\x00-\x1f\x7f]/)
        expect(path.split('/')).not.toContain('..')
      }),
    )
  })
})
