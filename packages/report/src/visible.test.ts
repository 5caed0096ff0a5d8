import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { visible } from './visible.ts'

describe('visible', () => {
  it('shows what steers a terminal', () => {
    expect(visible('a\u001b[2J\r\n\u0007\u009b1mb\u007f')).toBe('a\\x1b[2J\\x0d\\x0a\\x07\\x9b1mb\\x7f')
  })

  it('shows what turns or hides text', () => {
    expect(visible('\u202egpj\u2066x\u2069\u200b\ufeff\u2028')).toBe(
      '\\u{202e}gpj\\u{2066}x\\u{2069}\\u{200b}\\u{feff}\\u{2028}',
    )
  })

  it('shows half a character', () => {
    expect(visible('\ud800x')).toBe('\\u{d800}x')
  })

  it('leaves letters of all scripts alone', () => {
    expect(visible('Größe 大小 חומרה ✗ · – …')).toBe('Größe 大小 חומרה ✗ · – …')
  })

  it('leaves nothing unseen in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visible(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
      }),
    )
  })
})
