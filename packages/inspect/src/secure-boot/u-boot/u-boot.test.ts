import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { latin1, memoryBytes } from '@messlatte/bytes'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Artefact, EvidenceDraft } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { fitCheck } from '../fit/index.ts'
import { fixture as fitFixture, treeArtefact } from '../fit/testing.ts'
import { uBootCheck } from './index.ts'
import { readProgram } from './program.ts'

type Kind = 'positive' | 'negative' | 'near-miss'

function artefact(kind: Kind, name: string): Artefact {
  const content = readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url))
  if (name.endsWith('.env')) return testArtefact('environment.txt', content, { root: 'mtd2@0x0:uboot-env' })
  if (name.endsWith('.scr')) {
    const region = { path: `boot/${name}@0x0:uimage`, type: 'region', format: 'uimage' } as const
    return testArtefact('', content, region)
  }
  return testArtefact(name, content)
}

function run(...artefacts: readonly Artefact[]): readonly EvidenceDraft[] {
  return runChecks([uBootCheck], artefacts).evidence
}

function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, polarity, level, confidence }) =>
    [kind, polarity, level ?? '-', confidence.grade].join(' '),
  )
}

describe('secure-boot.u-boot', () => {
  it('says what a build leaves open', () => {
    expect(inShort(run(artefact('positive', 'u-boot.bin'), artefact('positive', 'boot.scr')))).toEqual([
      'boot.u-boot neutral - medium',
      'boot.u-boot.legacy against - low',
      'boot.u-boot.console against - low',
      'boot.u-boot.script against E1 medium',
    ])
    expect(inShort(run(artefact('positive', 'boot.scr')))).toEqual(['boot.u-boot.script against E1 low'])
    expect(inShort(run(artefact('positive', 'open.env')))).toEqual([
      'boot.u-boot.verify-off against - medium',
      'boot.u-boot.console against - low',
      'boot.u-boot.environment against E1 low',
    ])
  })

  it('holds a legacy format against a release in which a key is required', () => {
    const control = treeArtefact(fitFixture('negative/pss', 'control.dtb'))
    const { evidence } = runChecks([fitCheck, uBootCheck], [artefact('positive', 'u-boot.bin'), control])
    expect(inShort(evidence)).toContain('boot.u-boot.legacy against - medium')
  })

  it('holds nothing against a build that is closed', () => {
    const evidence = run(artefact('negative', 'u-boot.bin'), artefact('negative', 'closed.env'))
    expect(inShort(evidence)).toEqual(['boot.u-boot neutral - medium'])
    expect(evidence[0]?.observation).toMatchObject({
      versions: ['2024.10'],
      sentenceOfRequiredSignatures: true,
      sentenceOfLegacyImages: false,
      interrupted: 'keyed',
      builtInBootdelay: 2,
    })
  })

  it.each(readdirSync(new URL('./fixtures/near-miss/', import.meta.url)))('says nothing of %s', (name) => {
    expect(run(artefact('near-miss', name))).toEqual([])
  })

  it('says nothing of what is cut off before its sentences', () => {
    const whole = readFileSync(new URL('./fixtures/positive/u-boot.bin', import.meta.url))
    expect(run(testArtefact('u-boot.bin', whole.subarray(0, 60)))).toEqual([])
  })

  it('gives an answer for any bytes', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        const content = Buffer.from(`\0U-Boot 2023.01 (x)\0bootm\0bootcmd=${text}`)
        const hits = [{ literal: 'U-Boot 20', offset: 1 }]
        readProgram({ ...testArtefact('x', content), bytes: memoryBytes(content), hits })
      }),
    )
  })
})

const DEBIAN = '/usr/lib/u-boot/qemu_arm64/u-boot.bin'

describe('against a U-Boot of Debian', () => {
  it.skipIf(!existsSync(DEBIAN))('reads what it was built with (u-boot-qemu)', () => {
    const content = readFileSync(DEBIAN)
    const offset = latin1(content).indexOf('U-Boot 20')
    const found = readProgram({
      ...testArtefact('u-boot.bin', content),
      hits: [{ literal: 'U-Boot 20', offset }],
    })
    expect(found?.fact).toMatchObject({
      verifiesFits: true,
      startsLegacy: true,
      interrupted: 'any-key',
      environment: { bootdelay: 2, hasBootcmd: true, runsScripts: true, verifyOff: false },
    })
  })
})
