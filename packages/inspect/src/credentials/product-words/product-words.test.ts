import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { accountsCheck } from '../accounts/index.ts'
import { fixtureCases } from '../testing.ts'
import { productWords } from './facts.ts'
import { productWordsCheck } from './index.ts'
import { wordsOf } from './words.ts'

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  const one = fixtureCases(import.meta.url, kind).find((entry) => entry.name === name)
  const { facts } = runChecks([productWordsCheck], one?.artefacts ?? [])
  return productWords({ of: (what) => facts.filter(({ kind: given }) => given === what) as never })
}

describe('credentials.product-words', () => {
  it('finds names in settings, the likeliest first', () => {
    expect(found('positive', 'settings')).toEqual([
      'acme-cam200',
      'acmecam200',
      'acme',
      'cam200',
      'Acme',
      'Cam200',
      'Cam',
      'WR-8800N',
      'WR8800N',
      '8800N',
      'BlueRiver',
      'Blue',
      'River',
    ])
    expect(found('positive', 'android')).toEqual(['TX5Max', 'TX5', 'Max', 'Tanik'])
    expect(found('positive', 'networks')).toEqual(['SolarView'])
  })

  it.each(['negative', 'near-miss'] as const)('takes no word that names no product: %s', (kind) => {
    for (const name of readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)))
      expect(found(kind, name)).toEqual([])
  })

  it('takes nothing of long, binary and made-up values', () => {
    expect(wordsOf('a'.repeat(65))).toEqual([])
    expect(wordsOf('cam\u0001era')).toEqual([])
    expect(wordsOf('$(hostname)')).toEqual([])
  })

  it('lets accounts be tried with them: the hash of a model’s name, and not that of another one', () => {
    // openssl passwd -1 -salt abcdefgh NAME
    const of = (hash: string) =>
      runChecks(
        [accountsCheck, productWordsCheck],
        [
          testArtefact('etc/shadow', `root:${hash}:1::::::\n`, { mode: 0o600 }),
          testArtefact('etc/nvram.default', 'model_name=WR-8800N\n'),
        ],
      ).evidence.map(({ kind, observation }) => {
        const { password } = observation as { password?: { $secret: { value: string } } }
        return [kind, password?.$secret.value]
      })
    expect(of('$1$abcdefgh$kkebapIr4VbGRk9NwUj730')).toEqual([['account.password.weak', 'Wr8800n@123']])
    expect(of('$1$abcdefgh$MejzUcYtVtP2.eZpcTUND.')).toEqual([['account.password.set', undefined]])
  })
})
