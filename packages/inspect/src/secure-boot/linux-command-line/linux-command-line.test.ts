import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EvidenceDraft } from '../../contract.ts'
import { runChecks, testArtefact } from '../../testing.ts'
import { linuxConfigCheck } from '../linux-config/index.ts'
import { linuxCommandLineCheck } from './index.ts'
import { meaningsOf } from './meaning.ts'
import { wordsOf } from './words.ts'

type Kind = 'positive' | 'negative' | 'near-miss'
const HASH = '8c87ec38f83f0009a48772bc7590dc5250fa690a4c6b8b85d8f5fc5bb3770830'

function run(path: string, content: string | Uint8Array, more: Parameters<typeof testArtefact>[2] = {}) {
  return runChecks([linuxCommandLineCheck], [testArtefact(path, content, more)])
}

function ofFixture(kind: Kind, name: string) {
  return run(name.replaceAll('__', '/'), readFileSync(new URL(`./fixtures/${kind}/${name}`, import.meta.url)))
}

function inShort(evidence: readonly EvidenceDraft[]): readonly string[] {
  return evidence.map(({ kind, polarity, confidence, observation }) => {
    const { words } = observation as { readonly words: readonly string[] }
    return [kind, polarity, confidence.grade, words.length].join(' ')
  })
}

function againstOf(evidence: readonly EvidenceDraft[]): readonly string[] {
  return inShort(evidence.filter(({ polarity }) => polarity === 'against'))
}

/** A flattened device tree with `/chosen/bootargs`. */
function tree(line: string): Buffer {
  const cell = (value: number) => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(value)
    return bytes
  }
  const padded = (bytes: Buffer) => Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)])
  const value = Buffer.from(`${line}\0`)
  const structure = Buffer.concat([
    cell(1),
    cell(0),
    cell(1),
    padded(Buffer.from('chosen\0')),
    ...[cell(3), cell(value.length), cell(0), padded(value)],
    ...[cell(2), cell(2), cell(9)],
  ])
  const strings = Buffer.from('bootargs\0')
  const at = 56
  const total = at + structure.length + strings.length
  const header = [
    0xd00dfeed,
    total,
    at,
    at + structure.length,
    40,
    17,
    16,
    0,
    strings.length,
    structure.length,
  ]
  return Buffer.concat([...header.map(cell), Buffer.alloc(16), structure, strings])
}

/** A PE image whose only section is `.cmdline`. */
function unified(line: string): Buffer {
  const bytes = Buffer.alloc(0x600)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(0x40, 60)
  bytes.write('PE\0\0', 0x40, 'latin1')
  bytes.writeUInt16LE(0x8664, 0x44)
  bytes.writeUInt16LE(1, 0x46)
  bytes.writeUInt16LE(240, 0x54)
  const optional = 0x58
  bytes.writeUInt16LE(0x20b, optional)
  for (const [at, value] of [
    [32, 0x1000],
    [36, 0x200],
    [56, 0x2000],
    [60, 0x200],
    [108, 16],
  ] as const)
    bytes.writeUInt32LE(value, optional + at)
  bytes.writeUInt16LE(10, optional + 68)
  const section = optional + 240
  bytes.write('.cmdline', section, 'latin1')
  for (const [at, value] of [
    [8, line.length],
    [12, 0x1000],
    [16, 0x200],
    [20, 0x200],
  ] as const)
    bytes.writeUInt32LE(value, section + at)
  bytes.write(line, 0x200, 'latin1')
  return bytes
}

describe('secure-boot.linux-command-line', () => {
  it('says what switches verification off or starts a shell', () => {
    expect(inShort(ofFixture('positive', 'boot__extlinux__extlinux.conf').evidence)).toEqual([
      'boot.command-line neutral medium 5',
      'boot.command-line.unverified against low 1',
      'boot.command-line.unverified against low 1',
      'service.shell.kernel against low 1',
      'boot.command-line.debugger against low 1',
    ])
    const verity = ofFixture('positive', 'cmdline.txt')
    expect(inShort(verity.evidence)).toEqual([
      'boot.command-line neutral medium 2',
      'boot.command-line.unverified against medium 1',
    ])
    expect(verity.facts[0]?.data).toMatchObject({ rootHash: HASH, verity: true })
  })

  it.each(readdirSync(new URL('./fixtures/negative/', import.meta.url)))(
    'holds nothing against %s',
    (name) => {
      const { evidence } = ofFixture('negative', name)
      expect(evidence.length).toBeGreaterThan(0)
      expect(againstOf(evidence)).toEqual([])
    },
  )

  it.each(readdirSync(new URL('./fixtures/near-miss/', import.meta.url)))('says nothing of %s', (name) => {
    expect(ofFixture('near-miss', name).evidence).toEqual([])
  })

  it('gives the root hash and what enforces modules', () => {
    const { facts } = ofFixture('negative', 'boot__loader__entries__product.conf')
    expect(facts[0]?.data).toEqual({
      source: 'loader-entry',
      rootHash: HASH,
      tables: [],
      verity: true,
      enforcesModules: true,
    })
  })

  it('reads every other place of a command line', () => {
    const line = 'console=ttyS0 kgdboc=ttyS0 init=/bin/sh systemd.verity=0'
    const debugger_ = [
      'boot.command-line.unverified against medium 1',
      'boot.command-line.debugger against low 1',
    ]
    const shell = debugger_.toSpliced(1, 0, 'service.shell.kernel against low 1')
    const region = { root: 'fw.bin', type: 'region', format: 'fdt' } as const
    expect(againstOf(run('', tree(line), region).evidence)).toEqual(debugger_)
    const header = JSON.stringify({ version: 2, cmdline: line }, undefined, 2)
    expect(againstOf(run('header.json', header, { root: 'boot.img@0x0:android-boot' }).evidence)).toEqual(
      shell,
    )
    expect(run('header.json', header).evidence).toEqual([])
    const environment = { root: 'mtd@0x0:uboot-env' }
    expect(
      againstOf(run('environment.txt', `bootdelay=1\nbootargs=${line}\n`, environment).evidence),
    ).toEqual(shell)
    expect(run('environment.txt', `bootargs=${line}\n`).evidence).toEqual([])
    expect(againstOf(run('EFI/Linux/product.efi', unified(line)).evidence)).toEqual(shell)
    const config = `# Linux/arm 6.6.1 Kernel Configuration\nCONFIG_CMDLINE="${line}"\n`
    const both = runChecks(
      [linuxConfigCheck, linuxCommandLineCheck],
      [testArtefact('boot/config-6.6.1', config)],
    )
    const ours = both.evidence.filter(({ kind }) => !kind.startsWith('boot.linux.'))
    expect(againstOf(ours)).toEqual(shell)
  })

  it('knows words by what they mean', () => {
    const meant = (line: string) => wordsOf(line).flatMap(meaningsOf)
    expect(meant('androidboot.veritymode=enforcing ima_appraise=enforce')).toEqual(['verity', 'appraises'])
    expect(meant('ima_policy="tcb|appraise_tcb" ima_policy=tcb')).toEqual(['appraises'])
    expect(meant('androidboot.veritymode=logging evm=fix')).toEqual(['verity', 'verity-off', 'appraisal-off'])
    expect(meant('systemd.unit=rescue.target systemd.debug-shell=1')).toEqual(['single', 'shell'])
    expect(meant('init=/sbin/preinit module.sig_enforce=0 lockdown=none')).toEqual(['init'])
    expect(meant('foo="init=/bin/sh x" quiet')).toEqual([])
  })

  it('gives an answer for any line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (line) => {
        expect(wordsOf(line).length).toBeLessThanOrEqual(line.length)
        run('cmdline.txt', line)
      }),
    )
  })
})
