import { readdirSync, readFileSync } from 'node:fs'
import type { FuseReadout } from '@messlatte/model'
import { describe, expect, it } from 'vitest'
import type { Check, Fact } from '../../contract.ts'
import { runChecks, type TestRun } from '../../testing.ts'
import { chainCheck } from '../chain/index.ts'
import { factOf } from '../chain/testing.ts'
import { espCheck } from '../esp/index.ts'
import { espArtefact, fixture as espFixture } from '../esp/testing.ts'
import { fusesCheck } from './index.ts'

const SIGNED = 'negative/with-boot-loader'

/** A scheme whose key table has a digest that the fuses of i.MX hold. */
const habLike: Check = {
  ...chainCheck,
  id: 'test.hab',
  needs: [],
  gives: ['chain.link'],
  wants: { formats: ['esp-image'] },
  look: () => {},
  conclude: (_facts, out) => {
    const fact = factOf({
      fact: 'chain.link',
      path: 'u-boot.imx',
      scheme: 'nxp-hab',
      covers: { '': 'bootloader' },
      level: 'E4',
    }) as Fact<'chain.link'>
    const fingerprints = [{ form: 'hab-srk-table', value: 'ee'.repeat(32) }] as const
    out.fact('chain.link', fact.place, {
      ...fact.data,
      anchors: [{ fingerprints, name: '', lies: { in: 'travelling' } }],
    })
  },
}

function run(name: string): TestRun {
  const text = readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8')
  const readouts = JSON.parse(text) as readonly FuseReadout[]
  const signer = name.includes('srk') ? habLike : { ...espCheck, needs: [] }
  const chain = { ...chainCheck, needs: ['chain.link', 'chain.unit'] } as const
  const artefacts = ['app.bin', 'boot-loader.bin'].map((file) => espArtefact(espFixture(SIGNED, file), file))
  return runChecks([chain, fusesCheck, signer], artefacts, { readouts })
}

function inShort({ evidence }: TestRun): readonly string[] {
  return evidence
    .filter(({ kind }) => /^boot\.(?:fuses|chain)/.test(kind) && kind !== 'boot.fuses.state')
    .map(({ kind, polarity, level }) => [kind.replace('boot.', ''), polarity, level ?? '-'].join(' '))
    .toSorted()
}

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'negative/esp-enforced': ['chain.whole for E5', 'fuses.enforced for -'],
  'negative/srk-closed': ['chain.open neutral -', 'fuses.enforced for -'],
  'positive/esp-off': ['chain.open neutral -', 'fuses.debug-open against -', 'fuses.off against -'],
  'positive/esp-other-key': ['chain.open neutral -', 'fuses.other-key against -'],
  'positive/esp-revoked': ['chain.broken against -', 'fuses.revoked against -'],
  'near-miss/esp-two-keys': ['chain.whole for E5', 'fuses.enforced for -'],
  'near-miss/srk-without-status': ['chain.open neutral -'],
  'near-miss/status-without-srk': ['chain.open neutral -'],
}

describe('secure-boot.fuses', () => {
  it('has an expectation for every fixture', () => {
    const names = (['positive', 'negative', 'near-miss'] as const).flatMap((kind) =>
      readdirSync(new URL(`./fixtures/${kind}/`, import.meta.url)).map(
        (file) => `${kind}/${file.replace('.json', '')}`,
      ),
    )
    expect(names.toSorted()).toEqual(Object.keys(EXPECTED).toSorted())
  })

  it.each(Object.entries(EXPECTED))('compares the unit with the release: %s', (name, expected) => {
    expect(inShort(run(name))).toEqual(expected)
  })

  it('says which unit it is about, who read it out and when, and that it is about no other', () => {
    const [state] = run('negative/esp-enforced').evidence.filter(({ kind }) => kind === 'boot.fuses.state')
    expect(state?.title.en).toContain('the unit 7c:df:a1:00:4f:4c')
    expect(state?.observation).toMatchObject({ takenBy: 'A. Prüferin', takenOn: '2026-11-20' })
    expect(state?.confidence.reason.en).toContain('nothing about other units')
    const hardware = run('negative/esp-enforced')
      .facts.filter((fact): fact is Fact<'chain.path'> => fact.kind === 'chain.path')
      .flatMap(({ data }) => data.hardware)
    expect(hardware.map(({ id, answer }) => `${id}: ${answer?.en ?? 'open'}`)).toContain(
      'secure-boot-enabled: yes (on the unit 7c:df:a1:00:4f:4c; not about others)',
    )
  })

  it('begins a chain by a unit that demands its key, and breaks it by one that demands nothing', () => {
    const roots = (name: string) =>
      run(name)
        .facts.filter((fact): fact is Fact<'chain.path'> => fact.kind === 'chain.path')
        .map(({ data }) => data.root)
    expect(roots('negative/esp-enforced')).toEqual(['verified'])
    expect(roots('positive/esp-off')).toEqual(['broken'])
    expect(roots('positive/esp-other-key')).toEqual(['open'])
  })

  it('takes documents about one unit together, and says of each unit what it says', () => {
    const both = run('negative/srk-closed').evidence.filter(({ kind }) => kind === 'boot.fuses.state')
    expect(both.map(({ observation }) => (observation as { formats: string[] }).formats)).toEqual([
      ['hab-status', 'fuse-read'],
    ])
  })
})
