import type { Polarity, SavedMechanism, SavedResult } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import { compareMechanisms } from './mechanisms.ts'

type Part = SavedMechanism['parts'][number]

const same = (words: string) => ({ en: words, de: words })

const part = (id: Part['id'], details: Record<string, string>, polarity: Polarity = 'neutral'): Part => ({
  id,
  statement: same(`${id} ${Object.values(details).join(' ')}.`),
  polarity,
  path: 'fw.bin@0x0:squashfs/etc/x',
  details,
})

type Client = readonly [string, readonly Part[]]

/** Only what the comparison of mechanisms reads. */
const result = (...mechanisms: readonly Client[]) =>
  ({
    mechanisms: mechanisms.map(([client, parts]) => ({ client, title: same(client), parts })),
  }) as unknown as SavedResult

const HTTPS = part('source', { protocol: 'https' })
const HTTP = part('source', { protocol: 'http' }, 'against')
const CHECKED = part('packageCheck', { checks: 'required' }, 'for')
const UNCHECKED = part('packageCheck', { checks: 'off' }, 'against')

describe('mechanisms of two releases', () => {
  it('are told by client and part, with what only one of both has', () => {
    const changes = compareMechanisms(
      result(['swupdate', [HTTPS, CHECKED]], ['script:/a', [HTTP]]),
      result(['swupdate', [HTTPS, HTTP, UNCHECKED]], ['rauc', [CHECKED]]),
    )
    expect(
      changes.map((one) => [one.client, one.part, one.change, one.old.length, one.new.length, one.weaker]),
    ).toEqual([
      ['rauc', 'packageCheck', 'added', 0, 1, false],
      ['script:/a', 'source', 'removed', 1, 0, false],
      ['swupdate', 'source', 'changed', 0, 1, false],
      ['swupdate', 'packageCheck', 'changed', 1, 1, true],
    ])
    expect(changes[3]?.old).toEqual([
      { statement: same('packageCheck required.'), polarity: 'for', path: 'fw.bin@0x0:squashfs/etc/x' },
    ])
  })

  it('in two slots that hold the same are told once, and by what they are instead of their sentence', () => {
    const other = { ...HTTPS, statement: same('In other words.'), path: 'elsewhere' }
    expect(
      compareMechanisms(result(['rauc', [HTTPS]], ['rauc', [HTTPS]]), result(['rauc', [other]])),
    ).toEqual([])
  })

  it('that are all gone are weaker where something spoke for them; one that another replaces is not', () => {
    const weaker = (...after: readonly Client[]) =>
      compareMechanisms(result(['rauc', [CHECKED]]), result(...after)).map((one) => one.weaker)
    expect(weaker()).toEqual([true])
    expect(weaker(['swupdate', [CHECKED]])).toEqual([false, false])
    expect(weaker(['rauc', [CHECKED, HTTP]])).toEqual([false])
  })
})
