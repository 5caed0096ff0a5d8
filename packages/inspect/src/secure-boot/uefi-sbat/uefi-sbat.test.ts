import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Check } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { uefiCheck } from '../uefi/index.ts'
import { fixture as imageFixture } from '../uefi/testing.ts'
import { uefiKeysCheck } from '../uefi-keys/index.ts'
import { uefiSbatCheck } from './index.ts'
import { LEVELS } from './levels.ts'
import { parseSbat } from './parse.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

/** An image with this text in its section. */
function check(sbat: string, signed = true): readonly string[] {
  const giver: Check = {
    ...uefiCheck,
    id: 'test.giver',
    needs: [],
    gives: ['boot.uefi.image'],
    look(artefact, out) {
      const place = { path: artefact.path, root: '', inner: artefact.inner, offset: 0, length: 1, sha256: '' }
      const signatures = signed ? [{ offset: 0, length: 8, der: undefined, type: 2 }] : []
      const common = { machine: 0x8664, subsystem: 10, role: 'boot-loader', size: 1 } as const
      out.fact('boot.uefi.image', place, {
        ...common,
        digests: {},
        signatures,
        damaged: false,
        uncovered: [],
        unified: [],
        sbat,
      })
    },
    conclude() {},
  }
  const artefact = testArtefact('EFI/debian/grubx64.efi', 'x')
  return runChecks([giver, uefiSbatCheck], [artefact]).evidence.map(({ kind, polarity, confidence }) =>
    [kind.replace('boot.uefi.', ''), polarity, confidence.grade].join(' '),
  )
}

function allOf(kind: Kind): Readonly<Record<string, readonly string[]>> {
  const folder = new URL(`./fixtures/${kind}/`, import.meta.url)
  const names = readdirSync(folder).sort()
  return Object.fromEntries(names.map((name) => [name, check(readFileSync(new URL(name, folder), 'latin1'))]))
}

describe('secure-boot.uefi-sbat', () => {
  it('says what published revocations ask for', () => {
    const both = ['sbat neutral medium', 'sbat-revoked against medium']
    expect(allOf('positive')).toEqual({ 'grub-2021.csv': both, 'grub-2022.csv': both })
    expect(allOf('negative')).toEqual({
      'grub.csv': ['sbat neutral medium'],
      'shim.csv': ['sbat neutral medium'],
    })
  })

  it('holds nothing against other names and numbers', () => {
    expect(allOf('near-miss')).toEqual({ 'no-version.csv': [], 'other-names.csv': ['sbat neutral medium'] })
  })

  it('holds nothing against a program that is not signed', () => {
    expect(check('sbat,1,x,sbat,1,x\ngrub,1,x,grub,2,x\n', false)).toEqual([
      'sbat neutral medium',
      'sbat-revoked neutral medium',
    ])
  })

  it('reads the section of a real image', () => {
    const content = imageFixture('negative/db', 'EFI__BOOT__BOOTX64.EFI')
    const artefact = testArtefact('EFI/BOOT/BOOTX64.EFI', content, { format: 'pe' })
    const { evidence } = runChecks([uefiKeysCheck, uefiCheck, uefiSbatCheck], [artefact])
    const found = evidence.find(({ kind }) => kind === 'boot.uefi.sbat')
    expect(found?.observation).toMatchObject({
      components: [
        { name: 'sbat', generation: 1 },
        { name: 'sample', generation: 1, version: '1' },
      ],
    })
  })

  it('has levels that only rise', () => {
    for (const [index, { date, least }] of LEVELS.entries()) {
      const before = LEVELS[index - 1]
      if (!before) continue
      expect(date > before.date).toBe(true)
      for (const name of ['shim', 'grub'])
        expect(least[name] ?? 0).toBeGreaterThanOrEqual(before.least[name] ?? 0)
    }
  })

  it('bounds what it reads', () => {
    expect(parseSbat(`sbat,1\n${'a,1\n'.repeat(1000)}`)).toHaveLength(64)
    expect(parseSbat('sbat,1\n,,,\n\u0000\n')).toEqual([
      { name: 'sbat', generation: 1, packageName: '', version: '' },
    ])
    expect(parseSbat('')).toBeUndefined()
  })
})
