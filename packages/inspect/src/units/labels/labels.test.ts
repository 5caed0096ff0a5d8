import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readCsv, TableError } from './csv.ts'
import { compareLabels } from './evidence.ts'
import { readLabels } from './table.ts'

const NO_WORDS: ReadonlySet<string> = new Set()
const kinds = (content: string) =>
  compareLabels(readLabels(content, 't.csv'), NO_WORDS).drafts.map(
    ({ kind, polarity, confidence }) =>
      `${kind.replace('units.password.', '')} ${polarity} ${confidence.grade}`,
  )

describe('readCsv', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a;b\r\n"1;x";2',
      [
        ['a', 'b'],
        ['1;x', '2'],
      ],
    ],
    [
      'a\tb\n"say ""hi""\nyou"\t2\n',
      [
        ['a', 'b'],
        ['say "hi"\nyou', '2'],
      ],
    ],
    [
      '\uFEFFa,b\n\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
  ])('%j', (text, cells) => expect(readCsv(text).map((row) => row.cells)).toEqual(cells))

  it('counts lines through cells of several lines', () => {
    expect(readCsv('a\n"x\ny"\nz\n').map(({ line }) => line)).toEqual([1, 2, 4])
  })

  it('reads or refuses any text, and nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', '\t', 'é') }), (text) => {
        try {
          readCsv(text)
        } catch (error) {
          expect(error).toBeInstanceOf(TableError)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('refuses what is too large', () => {
    expect(() => readCsv(`a\n${'x'.repeat(600)}`)).toThrow(/more than 512 characters/)
    expect(() => readCsv(`${'a,'.repeat(70)}a\n`)).toThrow(/more than 64 columns/)
    expect(() => readCsv(`a\n${'1\n'.repeat(100_001)}`)).toThrow(/more than 100000 rows/)
  })
})

describe('readLabels', () => {
  it.each([
    ['Serial No.', 'serial'],
    ['S/N', 'serial'],
    ['Seriennummer', 'serial'],
    ['MAC Address', 'mac'],
    ['wifi_mac', 'mac'],
    ['BSSID', 'mac'],
    ['WLAN-Name', 'ssid'],
    ['SSID', 'ssid'],
    ['batch', 'other'],
  ])('finds “%s” as %s', (header, kind) => {
    const value = kind === 'mac' ? ['00163E401208', '00163E401209'] : ['x1', 'x2']
    const table = readLabels(`${header},pin\n${value[0]},1\n${value[1]},2\n`, 't.csv')
    expect(table.publicColumns).toEqual([{ name: header, kind }])
  })

  it.each([
    'Password',
    'WPA',
    'wpa2 key',
    'WPS PIN',
    'admin',
    'Admin-Passwort',
    'PSK',
    'Kennwort',
    'Netzwerkschlüssel',
    'setup code',
  ])('finds “%s” as a secret', (header) =>
    expect(readLabels(`${header},sn\na,1\nb,2\n`, 't.csv').secretColumns).toEqual([header]),
  )

  it('leaves secrets out of its digest, and nothing else', () => {
    const digest = (pin: string, serial: string) =>
      readLabels(`sn,pin\n${serial},${pin}\n2,5678\n`, 't.csv').sha256
    expect(digest('1234', '1')).toBe(digest('9999', '1'))
    expect(digest('1234', '1')).not.toBe(digest('1234', '3'))
  })

  it('does not take user names for passwords', () => {
    expect(readLabels('login name,password\nadmin,a\nadmin,b\n', 't.csv').secretColumns).toEqual(['password'])
  })
})

describe('compareLabels', () => {
  it('tells what is equal, and in which lines', () => {
    const { drafts } = compareLabels(
      readLabels('sn,pw\n1,Kd83mfQ2\n2,Kd83mfQ2\n3,pL92hdWx\n', 't.csv'),
      NO_WORDS,
    )
    expect(drafts[0]).toMatchObject({
      kind: 'units.password.equal',
      polarity: 'against',
      observation: { equalLines: [[2, 3]] },
    })
  })

  it('does not blame a small space for the equal pairs that it must have', () => {
    const pins = Array.from(
      { length: 200 },
      (_, at) => `${at},${String((at * 7919 * (at + 3)) % 10_000).padStart(4, '0')}`,
    )
    expect(kinds(`sn,pin\n${pins.join('\n')}\n`)[0]).toMatch(/^equal against low|^differ for/)
  })

  it('keeps few values, and no public ones to compare with, open', () => {
    expect(kinds('sn,pw\n1,Kd83mfQ2a\n2,pL92hdWxz\n')).toEqual(['differ for medium', 'random neutral low'])
    expect(kinds('pw\nKd83mfQ2a\npL92hdWxz\n')).toEqual(['differ for medium', 'random neutral low'])
    expect(kinds('sn,pw\n1,4711\n2,0815\n')).toEqual(['differ for medium', 'regular against low'])
  })

  it('holds no secret in what it says', () => {
    const told = JSON.stringify(
      compareLabels(readLabels('sn,pw\n1,Kd83mfQ2a\n2,pL92hdWxz\n3,Kd83mfQ2a\n', 't.csv'), NO_WORDS),
    )
    expect(told).not.toMatch(/Kd83|pL92/)
  })
})
