import type { LimitHit } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import type { MapOut, Settings } from '../../contract.ts'
import { testArtefact } from '../../testing.ts'
import { candidatesFor } from './candidates.ts'
import type { FieldFact } from './facts.ts'
import { accountsCheck } from './index.ts'
import { parseAccounts } from './parse.ts'
import { USUAL_PASSWORDS } from './passwords.ts'
import { tryPasswords } from './trial.ts'

const NOT_USUAL = '$1$aaaa$5zOe4j1kyLiZ5DYi.wRtb1'

function trials(content: string, guesses: number) {
  return tryPasswords(parseAccounts(content, 'shadow').lines, 'shadow', {
    trusted: [],
    guesses,
    productWords: [],
    trustedDigests: [],
  })
}

function triedOf(fields: readonly FieldFact[]): readonly (number | undefined)[] {
  return fields.map((field) => (field.state === 'hash' ? field.guessing.tried : undefined))
}

describe('the budget of guesses', () => {
  it('is shared evenly, counts what a try costs, and passes on what is left', () => {
    const { fields, cut } = trials(`a:${NOT_USUAL}\nb:*\nc:${NOT_USUAL}\nd:zzDLl3x1MA49g\n`, 300)
    // A try of md5 costs 20: 5 of the first 100; 5 of the next; all 100 that are left on DES.
    expect(triedOf(fields)).toEqual([5, undefined, 5, 100])
    expect(cut).toBe(3)
  })

  it('goes on to the others when one was found at once', () => {
    const { fields } = trials(`root:ab6TRGT20sY26\nb:zzDLl3x1MA49g`, 20)
    expect(triedOf(fields)).toEqual([1, 19])
  })

  it('tries a hash that stands there twice once', () => {
    const { fields } = trials('b:zzDLl3x1MA49g\nb:zzDLl3x1MA49g', 20)
    expect(triedOf(fields)).toEqual([20, 20])
  })

  it('says so when it was used up, and does not call an untried hash tried', () => {
    const limits: Pick<LimitHit, 'limit'>[] = []
    const kinds: FieldFact[] = []
    const out: MapOut = {
      evidence: () => {},
      fact: (kind, _, data) => {
        if (kind === 'account.entry') kinds.push((data as { readonly field: FieldFact }).field)
      },
      pin: () => {},
      limit: (limit) => void limits.push({ limit }),
    }
    const settings: Settings = { trusted: [], trustedDigests: [], guesses: 19, productWords: [] }
    accountsCheck.look?.(testArtefact('etc/shadow', `a:${NOT_USUAL}`, { mode: 0 }), out, settings)
    expect(limits).toEqual([{ limit: 'guesses' }])
    expect(triedOf(kinds)).toEqual([0])
  })
})

describe('what is tried', () => {
  it('holds every usual password once', () => {
    expect(new Set(USUAL_PASSWORDS).size).toBe(USUAL_PASSWORDS.length)
    expect(USUAL_PASSWORDS.length).toBeGreaterThan(400)
    expect(USUAL_PASSWORDS.filter((password) => password === '' || /\s/.test(password))).toEqual([])
  })

  it('begins with the own name, and comes in the same order every time', () => {
    const candidates = candidatesFor('Tech', ['Acme Cam'])
    expect(candidates[0]).toEqual({ password: 'Tech', list: 'names-and-product-words' })
    expect(candidates[1]).toEqual({ password: 'admin', list: 'usual-defaults' })
    expect(candidates.map(({ password }) => password)).toEqual(
      expect.arrayContaining(['tech123', 'acmecam', 'hceT', 'Acme Cam123']),
    )
    expect(candidatesFor('Tech', ['Acme Cam'])).toEqual(candidates)
    expect(new Set(candidates.map(({ password }) => password)).size).toBe(candidates.length)
  })

  it('is bounded, however much is stated', () => {
    const words = Array.from({ length: 5000 }, (_, at) => `word${at}`)
    expect(candidatesFor('x'.repeat(5000), words).length).toBeLessThan(1700)
  })
})
