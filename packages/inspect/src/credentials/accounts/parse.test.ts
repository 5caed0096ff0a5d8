import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passwordField } from './field.ts'
import { parseAccounts } from './parse.ts'

describe('lines of passwd and shadow', () => {
  it('reads the fields, and where they stand', () => {
    expect(parseAccounts('\n#\nroot:x:0:10:Super User:/root:/bin/ash\n', 'passwd')).toEqual({
      lines: [
        { user: 'root', field: 'x', login: { uid: 0, gid: 10, shell: '/bin/ash' }, offset: 3, length: 37 },
      ],
      cut: false,
    })
  })

  it('takes no other shapes', () => {
    for (const line of [
      'root',
      ':x:0:0::/:',
      'root:x:0:0::/',
      'root:x:-1:0::/:',
      'ro ot:x:0:0::/:',
      '-:x:0:0::/:',
      'root:x::0::/:/bin/sh',
    ]) {
      expect(parseAccounts(line, 'passwd').lines, line).toEqual([])
    }
    for (const line of ['root', 'root:x:soon', 'root:x:1:2:3:4:5:6:7:8', '{"a":"b"}', '<p>a:b</p>']) {
      expect(parseAccounts(line, 'shadow').lines, line).toEqual([])
    }
  })

  it('stops after 2000 lines and says so', () => {
    const { lines, cut } = parseAccounts('a:*:::::::\n'.repeat(2001), 'shadow')
    expect([lines.length, cut]).toEqual([2000, true])
  })

  it('skips lines that are too long to be one', () => {
    expect(parseAccounts(`a:${'x'.repeat(2000)}\nb:*`, 'shadow').lines.map(({ user }) => user)).toEqual(['b'])
  })

  it('gives a result for any bytes', () => {
    const nearly = fc.string({
      unit: fc.constantFrom(':', '\n', '\r', '$', '!', '*', '0', 'a', '\0', '\xff'),
      maxLength: 200,
    })
    fc.assert(
      fc.property(nearly, fc.constantFrom('passwd' as const, 'shadow' as const), (text, file) => {
        for (const { offset, length, field } of parseAccounts(text, file).lines) {
          expect(text.slice(offset, offset + length)).not.toContain('\n')
          expect(passwordField(field, file).state).toBeTypeOf('string')
        }
      }),
    )
  })
})

describe('password fields', () => {
  it.each([
    ['', 'empty'],
    ['!', 'locked'],
    ['!!', 'locked'],
    ['*', 'locked'],
    ['!$1$aaaa$EJOLQbVpdeEzv/rSyC5ro/', 'locked'],
    ['x', 'unusable'],
    ['NP', 'unusable'],
    ['abLmRbKOFCEmI', 'hash'],
    ['abLmRbKOFCEm:', 'unusable'],
    ['abLmRbKOFCEmIx', 'unusable'],
    ['$1$aaaa$EJOLQbVpdeEzv/rSyC5ro', 'unusable'],
    ['$5$salt$', 'unusable'],
    ['$6$rounds=x$salt$', 'unusable'],
    ['$2b$03$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm', 'unusable'],
    ['$2b$14$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm', 'untried'],
    ['$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHQ$aGFzaA', 'untried'],
  ])('%j is %s', (field, state) => {
    expect(passwordField(field, 'shadow').state).toBe(state)
  })

  it('knows `x` only in passwd as "see shadow"', () => {
    expect(passwordField('x', 'passwd').state).toBe('elsewhere')
  })

  it('counts a hash with more rounds as more work', () => {
    const digest = 'a'.repeat(86)
    const costs = ['', 'rounds=1000$', 'rounds=1$', 'rounds=100000$'].map((rounds) => {
      const field = passwordField(`$6$${rounds}salt$${digest}`, 'shadow')
      return field.state === 'hash' ? field.hash.cost : undefined
    })
    expect(costs).toEqual([20, 4, 4, 400])
  })
})
