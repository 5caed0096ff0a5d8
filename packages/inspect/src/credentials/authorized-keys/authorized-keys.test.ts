import { describe, expect, it } from 'vitest'
import { runChecks, testArtefact } from '../../testing.ts'
import { fixtureCases } from '../testing.ts'
import { authorizedKeysCheck } from './index.ts'
import { readLoginKeys } from './parse.ts'

function found(kind: 'near-miss' | 'negative' | 'positive', name: string): readonly string[] {
  const one = fixtureCases(import.meta.url, kind).find((each) => each.name === name)
  if (!one) throw new Error(`no case ${kind}/${name}`)
  return runChecks([authorizedKeysCheck], one.artefacts).evidence.map((draft) => {
    const { user, type, bits, options } = draft.observation as {
      readonly user?: string
      readonly type?: string
      readonly bits?: number
      readonly options?: readonly string[]
    }
    const key = type === undefined ? [] : [user, type, bits, ...(options ?? [])]
    return `${[draft.kind, ...key].join(' ')}: ${draft.polarity} ${draft.confidence.grade}`
  })
}

describe('credentials.authorized-keys', () => {
  it('names a key that everybody has', () => {
    expect(found('positive', 'published')).toEqual(['login.key.known vagrant ssh-rsa 2048: against high'])
  })

  it('states each fixed key once, with its options', () => {
    expect(found('positive', 'fixed')).toEqual([
      'login.key.fixed root ssh-ed25519 256: against medium',
      'login.key.fixed root ssh-rsa 1024: against medium',
      'login.key.fixed root ssh-ed25519 256 from command no-pty: against low',
      'login.key.fixed root ecdsa-sha2-nistp256 256 cert-authority: against medium',
    ])
  })

  it('is less sure where nothing reads the file', () => {
    expect(found('positive', 'no-server')).toEqual([
      'login.key.fixed root ecdsa-sha2-nistp256 256: against low',
    ])
  })

  it('has one neutral statement about samples', () => {
    expect(found('negative', 'documentation')).toEqual(['login.key.sample: neutral medium'])
  })

  it('is silent about placeholders, comments and other files of SSH', () => {
    expect(found('near-miss', 'placeholders')).toEqual([])
  })

  it('shows the fingerprint that ssh-keygen shows', () => {
    const [vagrant] = fixtureCases(import.meta.url, 'positive').filter(({ name }) => name === 'published')
    const keys = vagrant?.artefacts.flatMap((artefact) => readLoginKeys(artefact.text())) ?? []
    expect(keys.map(({ fingerprint }) => fingerprint)).toEqual([
      'SHA256:1M4RzhMyWuFS/86uPY/ce2prh/dVTHW7iD2RhpquOZA',
    ])
  })

  it.each([
    ['quotes without an end', `${'"'.repeat(2000)} ssh-rsa AAAA`],
    ['backslashes', `command="${'\\'.repeat(2000)} ssh-rsa AAAA`],
    ['a length that is none', `ssh-rsa ${Buffer.alloc(60, 0xff).toString('base64')}`],
    [
      'a kind that is short of its numbers',
      `ssh-rsa ${Buffer.from('\0\0\0\x07ssh-rsa\0\0\0\x7f'.padEnd(60, '\0'), 'latin1').toString('base64')}`,
    ],
  ])('does not fall over %s', (_, line) => {
    expect(
      runChecks([authorizedKeysCheck], [testArtefact('root/.ssh/authorized_keys', line)]).evidence,
    ).toEqual([])
  })
})
