import { describe, expect, it } from 'vitest'
import type { ReleaseSecret } from '../../secrets/secret.ts'
import { compareDumps } from './compare.ts'
import { outcomeOf } from './outcome.ts'

const SECRET: ReleaseSecret = {
  kind: 'credential',
  subject: 'web-login',
  opens: 'device',
  name: 'http_passwd',
  place: {
    path: 'a.bin@0x0:squashfs/nvram.conf',
    root: 'a.bin@0x0:squashfs',
    inner: 'nvram.conf',
    offset: 0,
    length: 8,
    sha256: '00',
  },
  slot: ':squashfs/nvram.conf http_passwd',
  form: 'clear',
  digest: '1',
  salt: null,
  exhausted: false,
  algorithm: null,
  publicSha256: null,
  known: false,
  weakness: null,
}
const one = (unit: string, more: Partial<ReleaseSecret>) => ({ unit, secrets: [{ ...SECRET, ...more }] })
const hashed = (unit: string, digest: string, more: Partial<ReleaseSecret> = {}) =>
  one(unit, { form: 'hashed', digest, ...more })

describe('outcomeOf', () => {
  it.each([
    ['equal', [one('a', {}), one('b', {}), one('c', {})]],
    ['partly-equal', [one('a', {}), one('b', {}), one('c', { digest: '2' })]],
    ['differ', [one('a', {}), one('b', { digest: '2' }), one('c', { digest: '3' })]],
    ['one-unit', [one('a', {})]],
    // Hashes.
    ['equal', [hashed('a', '1', { salt: 'x' }), hashed('b', '1', { salt: 'x' })]],
    ['differ', [hashed('a', '1', { salt: 'x' }), hashed('b', '2', { salt: 'x' })]],
    ['not-comparable', [hashed('a', '1', { salt: 'x' }), hashed('b', '2', { salt: 'y' })]],
    ['not-comparable', [hashed('a', '1'), hashed('b', '2')]],
    // A usual password that was tried on the other, too.
    [
      'differ',
      [
        hashed('a', '1', { salt: 'x', exhausted: true }),
        one('b', { form: 'guessed', digest: '2', known: true }),
      ],
    ],
    [
      'not-comparable',
      [hashed('a', '1', { salt: 'x' }), one('b', { form: 'guessed', digest: '2', known: true })],
    ],
    ['not-comparable', [hashed('a', '1', { salt: 'x', exhausted: true }), one('b', { digest: '2' })]],
    // Keys under passphrases.
    ['not-comparable', [one('a', { form: 'encrypted' }), one('b', { form: 'encrypted', digest: '2' })]],
    [
      'differ',
      [
        one('a', { form: 'encrypted', publicSha256: 'p' }),
        one('b', { form: 'private-key', digest: '2', publicSha256: 'q' }),
      ],
    ],
  ])('%s', (outcome, slot) => expect(outcomeOf(slot).outcome).toBe(outcome))

  it('names the groups, also where one is held together by old values', () => {
    const old = {
      unit: 'b',
      secrets: [
        { ...SECRET, digest: '1' },
        { ...SECRET, digest: '2' },
      ],
    }
    expect(outcomeOf([one('a', {}), old, one('c', { digest: '2' }), one('d', { digest: '9' })])).toEqual({
      outcome: 'partly-equal',
      groups: [['a', 'b', 'c']],
    })
  })
})

describe('compareDumps', () => {
  const compare = (secrets: readonly Partial<ReleaseSecret>[], release?: readonly ReleaseSecret[]) =>
    compareDumps(
      secrets.map((more, at) => ({
        name: 'abc'[at] as string,
        secrets: [{ ...SECRET, ...more }],
        publics: [],
      })),
      release,
      new Set(),
    )
  const told = (secrets: readonly Partial<ReleaseSecret>[], release?: readonly ReleaseSecret[]) =>
    compare(secrets, release).drafts.map(({ kind, polarity, provisions, confidence }) =>
      [
        kind,
        polarity,
        confidence.grade,
        ...provisions.filter(({ edition }) => edition.endsWith('2020')).map(({ id }) => id),
      ].join(' '),
    )

  it('tells by what a secret opens which provision it touches', () => {
    expect(told([{}, {}])).toEqual(['units.password.equal against medium 5.1-1'])
    expect(told([{ opens: 'service' }, { opens: 'service' }])).toEqual([
      'units.parameter.equal against medium 5.4-4',
    ])
    expect(
      told([
        { opens: 'ssh', kind: 'private-key' },
        { opens: 'ssh', kind: 'private-key' },
      ]),
    ).toEqual(['units.parameter.equal against high 5.4-3'])
    expect(
      told([
        { opens: 'service', kind: 'private-key' },
        { opens: 'service', kind: 'private-key', digest: '2' },
      ]),
    ).toEqual(['units.parameter.differ for medium 5.4-4'])
  })

  it('is surer where the release has it, too, and calls it hard-coded then', () => {
    expect(told([{}, {}], [SECRET])).toEqual(['units.password.equal against high 5.1-1 5.4-3'])
    expect(told([{}, {}], [{ ...SECRET, digest: '7' }])).toEqual([
      'units.password.equal against medium 5.1-1',
    ])
  })

  it('does not blame the product for the network of whoever set the units up', () => {
    expect(
      told([
        { subject: 'wifi-client', opens: 'network' },
        { subject: 'wifi-client', opens: 'network' },
      ]),
    ).toEqual(['units.parameter.equal against low 5.4-3'])
  })

  it('does not count as different what one unit lacks, or what everybody tries first', () => {
    expect(told([{}, { digest: '2' }, { slot: 'elsewhere', digest: '3' }])).toEqual([
      'units.password.differ for low 5.1-1',
    ])
    expect(told([{ known: true }, { digest: '2' }])).toEqual(['units.password.differ for low 5.1-1'])
  })

  it('finds a secret that each unit keeps elsewhere', () => {
    const { secrets } = compare([{ slot: 'here' }, { slot: 'there' }])
    expect(secrets.map(({ outcome, places }) => [outcome, places.length])).toEqual([['equal', 2]])
  })

  it('keeps hashes with salts of their own out of what speaks for the product', () => {
    expect(
      told([
        { form: 'hashed', salt: 'x' },
        { form: 'hashed', salt: 'y', digest: '2' },
      ]),
    ).toEqual(['scope.units.not-comparable neutral high 5.1-1'])
  })
})
